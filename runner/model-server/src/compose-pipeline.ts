import type { Engine } from './engine/engine.ts'
import { createPipeline } from './review/pipeline.ts'
import type { Pipeline, ResponseCache } from './review/pipeline-contract.ts'
import { createPatternsReviewer } from './review/reviewers/patterns/patterns-reviewer.ts'
import { createSecretsReviewer } from './review/reviewers/secrets/secrets-reviewer.ts'
import { createTextReviewer } from './review/reviewers/text/text-reviewer.ts'
import { serverVersion } from './server-version.ts'

/** The pipeline with every reviewer there is; without an engine, those that need none. */
export function composePipeline(engine: Engine | null, cache: ResponseCache): Pipeline {
  const reviewers = [createPatternsReviewer(), createSecretsReviewer(), createTextReviewer()]
  return createPipeline({ engine, reviewers, cache, serverVersion })
}
