import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Engine } from './engine/engine.ts'

/** The engine that the configuration names, ready to answer; null for none. Drivers are loaded only where they are used. */
export async function startEngine(config: Config, _log: FastifyBaseLogger): Promise<Engine | null> {
  const { engine } = config
  switch (engine.kind) {
    case 'none':
      return null
    default:
      throw new Error(`no driver for ${engine.kind}`)
  }
}
