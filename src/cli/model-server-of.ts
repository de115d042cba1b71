import { createModelServerClient } from '../model/client.ts'
import type { Log, ModelServer } from '../roles.ts'
import { drawDownload } from './download-bar.ts'
import { type LocalServerOptions, startLocalServer } from './local-server.ts'
import type { CliOptions } from './options.ts'

interface Wanted {
  readonly options: CliOptions
  readonly env: LocalServerOptions['env']
  readonly log: Log
  /** Where a server of this run may write. */
  readonly folder: string
}

/** The server that the options name, else one that is started once there is something to ask, and ends on disposal. */
export function modelServerOf({ options, env, log, folder }: Wanted): ModelServer & AsyncDisposable {
  const running = new AsyncDisposableStack()
  const start = async (signal: AbortSignal) => {
    log.info('Starting a model server for this run.')
    const model = options.model === undefined ? {} : { model: options.model }
    return running.use(await startLocalServer({ folder, env, onDownload: drawDownload, signal, ...model }))
  }
  return {
    async review(request, asked) {
      const server = options.server ?? (await start(asked.signal))
      return createModelServerClient(server).review(request, asked)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
