import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

interface ConnectProxy extends AsyncDisposable {
  readonly port: number
  /** What it was asked to connect to, as `host:port`, in order. */
  readonly tunnels: readonly string[]
  /** What stood in `Proxy-Authorization` of each; undefined where nothing did. */
  readonly credentials: readonly (string | undefined)[]
}

/** A proxy that only makes tunnels, as those of companies do for what is encrypted. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const tunnels: string[] = []
  const credentials: (string | undefined)[] = []
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    credentials.push(request.headers['proxy-authorization'])
    const { hostname, port } = new URL(`http://${request.url}`)
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    socket.on('close', () => upstream.destroy())
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    credentials,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
