import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { problemCodes } from '@ai-review/protocol/problem'
import { expect, test } from 'vitest'
import { startHttp } from '../support/start-http.ts'

/** What a server says to bytes that no HTTP client would send. */
async function answerTo(port: number, bytes: string): Promise<{ head: string; body: string }> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return { head, body }
}

test.each([
  ['no HTTP', 'MARKER\r\n\r\n', 400],
  ['an unknown method', 'MARKER / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
  ],
  ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'MARKER'.repeat(3000)}\r\n\r\n`, 431],
  [
    'a URL that cannot be read',
    'GET /MARKER%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    400,
  ],
])('%s is answered with a problem that repeats nothing', async (_what, bytes, status) => {
  await using server = await startHttp({ pipeline: undefined })
  const { head, body } = await answerTo(server.port, bytes)
  expect(head).toMatch(
    new RegExp(`^HTTP/1\\.1 ${status} [A-Z][^]*content-type: application/problem\\+json`, 'i'),
  )
  const problem = JSON.parse(body) as { code: (typeof problemCodes)[number]; status: number }
  expect(problem).toMatchObject({ code: 'bad-request', status })
  expect(problemCodes).toContain(problem.code)
  expect(head + body).not.toContain('MARKER')
  expect(server.failures).toEqual([])
})
