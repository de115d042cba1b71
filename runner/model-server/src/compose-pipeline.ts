import type { Engine } from './engine/engine.ts'
import { createPipeline } from './review/pipeline.ts'
import type { Pipeline, ResponseCache } from './review/pipeline-contract.ts'
import { serverVersion } from './server-version.ts'

/** The pipeline with every reviewer there is; without an engine, those that need none. */
export async function composePipeline(engine: Engine | null, cache: ResponseCache): Promise<Pipeline> {
  return createPipeline({ engine, reviewers: [], cache, serverVersion })
}
