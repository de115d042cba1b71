import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { anApiKey, aReviewRequest, GatedPipeline } from '../support/review-parts.ts'
import { startHttp } from '../support/start-http.ts'

const capacity = (url: string, authorization?: string) =>
  fetch(`${url}/v1/capacity`, authorization === undefined ? {} : { headers: { authorization } })

test('every known key is let in, so that keys can be changed without a gap', async () => {
  const apiKeys = [anApiKey(), anApiKey()]
  await using server = await startHttp({ pipeline: new GatedPipeline(), apiKeys })
  for (const key of apiKeys) expect((await capacity(server.url, `Bearer ${key}`)).status).toBe(200)
})

test.each([
  ['no key', () => undefined],
  ['an empty key', () => 'Bearer '],
  ['another key', () => `Bearer ${anApiKey()}`],
  ['the beginning of a key', (key: string) => `Bearer ${key.slice(0, -1)}`],
  ['more than a key', (key: string) => `Bearer ${key}0`],
  ['the digest of a key', (key: string) => `Bearer ${createHash('sha256').update(key).digest('hex')}`],
  ['another scheme', (key: string) => `Basic ${key}`],
])('%s is refused, the same way each time', async (_name, header) => {
  const key = anApiKey()
  await using server = await startHttp({ pipeline: new GatedPipeline(), apiKeys: [key] })
  const response = await capacity(server.url, header(key))
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await response.json()).toMatchObject({ code: 'unauthorized', retryable: false })
})

test('a stranger cannot follow, cancel or create a review', async () => {
  const pipeline = new GatedPipeline()
  const [key, other] = [anApiKey(), anApiKey()]
  await using server = await startHttp({ pipeline, apiKeys: [key, other] })
  const review = server.reviews.submit(
    { ...aReviewRequest(), disabledRules: [], guidelines: [], rules: [], marks: [] },
    { caller: createHash('sha256').update(key).digest('hex').slice(0, 16) },
  )
  const ask = (method: string, authorization: string) =>
    fetch(`${server.url}/v1/reviews/${review.id}`, { method, headers: { authorization } })
  expect((await ask('GET', 'Bearer nobody')).status).toBe(401)
  expect((await ask('GET', `Bearer ${other}`)).status).toBe(404)
  expect((await ask('DELETE', `Bearer ${other}`)).status).toBe(404)
  const body = JSON.stringify(aReviewRequest())
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${server.url}/v1/reviews`, { method: 'POST', body, headers })).status).toBe(401)
  expect(review.log.ended).toBe(false)
  expect((await ask('DELETE', `Bearer ${key}`)).status).toBe(204)
})

test('many wrong keys from one address are told to wait, while the right key still works', async () => {
  const key = anApiKey()
  await using server = await startHttp({ pipeline: new GatedPipeline(), apiKeys: [key] })
  for (let attempt = 0; attempt < 10; attempt++) {
    expect((await capacity(server.url, `Bearer ${anApiKey()}`)).status).toBe(401)
  }
  const refused = await capacity(server.url, `Bearer ${anApiKey()}`)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('60')
  expect((await capacity(server.url, `Bearer ${key}`)).status).toBe(200)
})

test('health, readiness, metrics and the contract need no key', async () => {
  await using server = await startHttp({ pipeline: new GatedPipeline(), apiKeys: [anApiKey()] })
  for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json']) {
    expect((await fetch(server.url + path)).status, path).toBe(200)
  }
})

test('without keys, a web page that reaches this machine under a name of its own is refused', async () => {
  await using server = await startHttp({ pipeline: new GatedPipeline() })
  const status = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const options = { port: server.port, path: '/v1/capacity', headers: { host } }
      httpRequest(options, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
  expect(await status('rebound.example:80')).toBe(401)
  expect(await status(`localhost:${server.port}`)).toBe(200)
  expect(await status(`[::1]:${server.port}`)).toBe(200)
})

test.each([
  [
    'a body of two lengths',
    'POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
  ],
  [
    'a body with a length and in chunks',
    'POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'headers without end',
    `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
  ],
  ['no HTTP', 'SSH-2.0-x\r\n\r\n'],
])('%s ends the connection, and the next client is served', async (_name, bytes) => {
  await using server = await startHttp({ pipeline: new GatedPipeline() })
  const socket = connect(server.port, '127.0.0.1')
  socket.end(bytes)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 4/)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})
