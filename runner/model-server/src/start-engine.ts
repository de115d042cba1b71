import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Engine } from './engine/engine.ts'
import { EngineError } from './engine/engine.ts'
import type { EngineConfig } from './engine-settings.ts'

/** Downloads are told in the log at every so much of the whole. */
const downloadStep = 0.05
/** An engine on another machine may still be loading its model: it is asked this often. */
const askAgainMs = 5000

interface StartEngineOptions {
  readonly log: FastifyBaseLogger
  /** Fires when the server stops before the engine is there. */
  readonly signal: AbortSignal
}

/**
 * The engine that the configuration names, ready to answer; null for none. A driver is loaded only when it is used.
 * An OpenAI-compatible server that does not answer yet is waited for; everything else that fails is an EngineError.
 */
export async function startEngine(config: Config, options: StartEngineOptions): Promise<Engine | null> {
  const { engine } = config
  switch (engine.kind) {
    case 'none':
      return null
    case 'llama':
      return startLlama(engine, config.modelsDirectory, options.log)
    case 'openai':
      return startOpenAi(engine, options)
  }
}

async function startLlama(
  { kind: _kind, ...engine }: Extract<EngineConfig, { kind: 'llama' }>,
  modelsDirectory: string,
  log: FastifyBaseLogger,
): Promise<Engine> {
  const { createLlamaEngine } = await import('./engine/llama/llama-engine.ts')
  let told = 0
  return createLlamaEngine({
    ...engine,
    modelsDirectory,
    onDownloadProgress: ({ doneBytes, totalBytes }) => {
      const share = totalBytes > 0 ? doneBytes / totalBytes : 0
      if (share < told + downloadStep && share < 1) return
      told = share
      log.info({ percent: Math.round(share * 100), doneBytes, totalBytes }, 'Downloading the model')
    },
    log,
  })
}

async function startOpenAi(
  engine: Extract<EngineConfig, { kind: 'openai' }>,
  { log, signal }: StartEngineOptions,
): Promise<Engine> {
  const { createOpenAiEngine } = await import('./engine/openai/openai-engine.ts')
  for (;;) {
    try {
      return await createOpenAiEngine(engine)
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'unavailable') throw error
      log.warn('The OpenAI-compatible server does not answer yet; asking again')
    }
    await sleep(askAgainMs, undefined, { signal })
  }
}
