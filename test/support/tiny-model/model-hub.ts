import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A hub on this machine with one repository, whose files it serves with ranges as Hugging Face does. */
export async function startModelHub(
  repository: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    if (path === `/api/models/${repository}`) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      return
    }
    const bytes = files[path.replace(`/${repository}/resolve/main/`, '')]
    if (bytes === undefined) {
      response.writeHead(404).end()
      return
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const start = Number(range?.[1] ?? 0)
    const end = range?.[2] ? Number(range[2]) : bytes.length - 1
    const part = bytes.subarray(start, end + 1)
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': part.length,
      ...(range ? { 'content-range': `bytes ${start}-${end}/${bytes.length}` } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : part)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
