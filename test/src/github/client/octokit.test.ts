import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'

interface Received {
  readonly method: string | undefined
  readonly headers: Record<string, unknown>
}

async function listen(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers every request with the next of the statuses, the last one for ever. */
async function answering(...statuses: number[]) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200
    received.push({ method: request.method, headers: request.headers })
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  return { received, ...(await listen(server)) }
}

const options = {
  token: 'ghs_token',
  signal: new AbortController().signal,
  timeLeft: () => 60_000,
  backoffUnitMs: 1,
}
const writeCheck = { owner: 'acme', repo: 'parcels', name: 'x', head_sha: 'a'.repeat(40) }

test('a read is tried again after server errors', async () => {
  await using github = await answering(502, 503, 200)
  const octokit = createOctokit({ ...options, apiUrl: github.url })
  await octokit.rest.repos.get({ owner: 'acme', repo: 'parcels' })
  expect(github.received).toHaveLength(3)
  expect(github.received[0]?.headers).toMatchObject({
    authorization: 'token ghs_token',
    'x-github-api-version': '2022-11-28',
  })
})

test('a write is never repeated by itself', async () => {
  await using github = await answering(502, 201)
  const octokit = createOctokit({ ...options, apiUrl: github.url })
  await expect(octokit.rest.checks.create(writeCheck)).rejects.toMatchObject({ status: 502 })
  expect(github.received).toHaveLength(1)
})

test('an answer that another try would not change is final', async () => {
  await using github = await answering(404, 200)
  const octokit = createOctokit({ ...options, apiUrl: github.url })
  await expect(octokit.rest.repos.get({ owner: 'acme', repo: 'parcels' })).rejects.toMatchObject({
    status: 404,
  })
  expect(github.received).toHaveLength(1)
})

test('the proxy of the runner is used, except where it says not to', async () => {
  await using github = await answering(200)
  const tunnels: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    const [host, port] = (request.url ?? '').split(':')
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    socket.on('close', () => upstream.destroy())
  })
  await using through = await listen(proxy)
  const proxied = { ...options, apiUrl: github.url, proxy: { httpProxy: through.url } }
  await createOctokit(proxied).rest.repos.get({ owner: 'acme', repo: 'parcels' })
  expect(tunnels).toEqual([new URL(github.url).host])
  const direct = { ...proxied, proxy: { httpProxy: through.url, noProxy: '127.0.0.1' } }
  await createOctokit(direct).rest.repos.get({ owner: 'acme', repo: 'parcels' })
  expect(tunnels).toHaveLength(1)
  expect(github.received).toHaveLength(2)
})
