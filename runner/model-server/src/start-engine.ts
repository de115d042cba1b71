import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Config, EngineConfig } from './config.ts'
import type { Engine } from './engine/engine.ts'

/** Downloads are told in the log at every so much of the whole. */
const downloadStep = 0.05

/** The engine that the configuration names, ready to answer; null for none. A driver is loaded only when it is used. */
export async function startEngine(config: Config, log: FastifyBaseLogger): Promise<Engine | null> {
  const { engine } = config
  switch (engine.kind) {
    case 'none':
      return null
    case 'llama':
      return startLlama(engine, config.dataDirectory, log)
    case 'openai':
      throw new Error('ENGINE=openai has no driver in this version: use ENGINE=llama.')
  }
}

async function startLlama(
  { kind: _kind, ...engine }: Extract<EngineConfig, { kind: 'llama' }>,
  dataDirectory: string,
  log: FastifyBaseLogger,
): Promise<Engine> {
  const { createLlamaEngine } = await import('./engine/llama/llama-engine.ts')
  let told = 0
  return createLlamaEngine({
    ...engine,
    modelsDirectory: join(dataDirectory, 'models'),
    onDownloadProgress: ({ doneBytes, totalBytes }) => {
      const share = totalBytes > 0 ? doneBytes / totalBytes : 0
      if (share < told + downloadStep && share < 1) return
      told = share
      log.info({ percent: Math.round(share * 100), doneBytes, totalBytes }, 'Downloading the model')
    },
    log,
  })
}
