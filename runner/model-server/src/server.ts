import closeWithGrace from 'close-with-grace'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { readConfig } from './config.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { describeError } from './plugins/describe-error.ts'

/** Running reviews may go on for this long after a signal; orchestrators must wait a little longer before they kill. */
const drainMs = 30_000
const exitMs = drainMs + 10_000

// A program that started the server with a channel takes it along when it goes, however it goes.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

try {
  await serve(readConfig())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The server cannot start.'}\n`)
  process.exitCode = 1
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const app = await createApp(config, log)
  const grace = closeWithGrace({ delay: exitMs, logger: false }, async ({ signal, err }) => {
    if (err === undefined) log.info({ signal: signal ?? null }, 'Stopping: running reviews may end')
    else log.fatal(describeError(err), 'The server failed')
    await app.drain(err === undefined ? drainMs : 0)
    await app[Symbol.asyncDispose]()
  })
  try {
    const address = await listen(app.http, config)
    if (config.apiKeys.length === 0 && config.oidc === undefined)
      log.warn('API_KEYS is not set: every program on this machine may ask')
    await app.started
    log.info({ address, engine: config.engine.kind }, 'Ready for reviews')
  } catch (error) {
    grace.uninstall()
    await app[Symbol.asyncDispose]()
    throw error
  }
}
