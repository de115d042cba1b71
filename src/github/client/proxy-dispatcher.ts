import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'

export interface ProxySettings {
  readonly httpProxy?: string
  readonly httpsProxy?: string
  readonly noProxy?: string
}

const timeouts = { headersTimeout: 30_000, bodyTimeout: 30_000 } as const

/** Connections through the proxy where one is set, straight ones else and to the hosts of `noProxy`. */
export function proxyDispatcher(proxy: ProxySettings | undefined): Dispatcher {
  if (proxy?.httpProxy === undefined && proxy?.httpsProxy === undefined) return new Agent(timeouts)
  return withoutWarning(() => new EnvHttpProxyAgent({ ...timeouts, ...proxy }))
}

/** The class warns on its making that it is experimental, which would stand in the log of every job behind a proxy. */
function withoutWarning<T>(make: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return make()
  } finally {
    process.emitWarning = emitWarning
  }
}
