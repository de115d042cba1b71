import { expect, test } from 'vitest'
import { problemOf } from '../../../runner/model-server/src/problems.ts'
import { ReviewError } from '../../../src/errors.ts'
import { createModelServerClient } from '../../../src/model/client.ts'
import { aReplyRequest, aSealedMark } from '../../support/reply-request.ts'
import { type Answer, serverOf, status } from './answering-server.ts'

const mark = aSealedMark(new Uint8Array(32))
const json = { 'content-type': 'application/json; charset=utf-8' }
const said = { answer: 'You are right.', model: 'scripted' }
const problem = (code: Parameters<typeof problemOf>[0]) => JSON.stringify(problemOf(code))
const whole = status(200, json, JSON.stringify(said))

const reply = (url: string, deadlineMs = 20_000, signal = new AbortController().signal) =>
  createModelServerClient({ url, apiKey: 'the-key' }).reply(aReplyRequest(mark, { deadlineMs }), { signal })

async function failureOf(asked: Promise<unknown>): Promise<ReviewError> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ReviewError)
  return error as ReviewError
}

test('a reply is asked for with the key, and read as it was answered', async () => {
  await using server = await serverOf(whole)
  expect(await reply(server.url)).toEqual(said)
  expect(server.requests).toMatchObject([
    { method: 'POST', path: '/v1/replies', headers: { authorization: 'Bearer the-key' } },
  ])
  expect(JSON.parse(server.bodies[0] ?? '')).toEqual(aReplyRequest(mark))
})

test('an answer of a later version, with more fields, is understood', async () => {
  const later = { ...said, more: { a: 1 }, declined: { ...mark, kind: 'declined' } }
  await using server = await serverOf(status(200, json, JSON.stringify(later)))
  expect(await reply(server.url)).toEqual({ ...said, declined: { ...mark, kind: 'declined' } })
})

const dropped: Answer = (request) => request.socket.destroy()
const cutOff: Answer = (_request, response) => {
  response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"answer":')
  setImmediate(() => response.destroy())
}

test.each<[string, Answer]>([
  ['a full queue', status(429, { 'retry-after': '0' }, problem('queue-full'))],
  ['a model that is loading', status(503, {}, problem('engine-unavailable'))],
  ['a server that stops', status(503, {}, problem('shutting-down'))],
  ['a proxy without a server', status(502, { 'content-type': 'text/html' }, '<h1>Bad Gateway</h1>')],
  ['a dropped connection', dropped],
  ['an answer that breaks off', cutOff],
])('%s is tried again', async (_name, answer) => {
  await using server = await serverOf(answer, whole)
  expect(await reply(server.url)).toEqual(said)
  expect(server.requests).toHaveLength(2)
})

test('a server that is never there is asked for less from try to try, given up, and named', async () => {
  await using server = await serverOf(dropped)
  const error = await failureOf(reply(server.url))
  expect(error).toMatchObject({ code: 'server-unreachable', retryable: true })
  expect(error.message).toContain(new URL(server.url).host)
  const left = server.bodies.map((body) => JSON.parse(body).deadlineMs as number)
  expect(left).toHaveLength(4)
  expect(new Set(left).size).toBe(4)
  expect(left).toEqual([...left].sort((a, b) => b - a))
})

const secret = 'SECRET-MARKER ::error::'

test.each<[string, Answer]>([
  ['server-refused', status(400, {}, problem('bad-request'))],
  ['server-unauthorized', status(401, {}, secret)],
  ['server-refused', status(404, {}, problem('not-found'))],
  ['server-refused', status(413, {}, secret)],
  ['server-answer-invalid', status(301, { location: 'http://127.0.0.1:1/' }, secret)],
  ['server-busy', status(429, { 'retry-after': '3600' }, problem('queue-full'))],
  ['server-refused', status(500, {}, problem('internal'))],
])('a refusal that is %s is not asked for again', async (code, answer) => {
  await using server = await serverOf(answer)
  const error = await failureOf(reply(server.url))
  expect(error.code).toBe(code)
  expect(`${error.message}${error.hint}`).not.toMatch(/MARKER|::/)
  expect(server.requests).toHaveLength(1)
})

const flood: Answer = (_request, response) => {
  response.writeHead(200, json)
  const fill = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
  }
  response.on('drain', fill)
  fill()
}

test.each<[string, Answer]>([
  ['a page', status(200, { 'content-type': 'text/html' }, '<h1>SECRET-MARKER</h1>')],
  ['without a type', status(200, {}, JSON.stringify(said))],
  ['no JSON', status(200, json, 'SECRET-MARKER')],
  ['of another shape', status(200, json, JSON.stringify({ answer: ['SECRET-MARKER'], model: null }))],
  ['longer than allowed', status(200, json, JSON.stringify({ ...said, answer: 'x'.repeat(4001) }))],
  [
    'with a mark that is none',
    status(200, json, JSON.stringify({ ...said, declined: { kind: 'declined' } })),
  ],
  ['announced as endless', status(200, { ...json, 'content-length': '999999999' }, 'x')],
  ['endless', flood],
])('an answer that is %s is refused without being repeated', async (_name, answer) => {
  await using server = await serverOf(answer)
  const error = await failureOf(reply(server.url))
  expect(error.code).toBe('server-answer-invalid')
  expect(`${error.message}${error.hint}`).not.toContain('MARKER')
  expect(server.requests).toHaveLength(1)
})

test('a server that says nothing is left at the deadline', async () => {
  await using server = await serverOf(() => {})
  const error = await failureOf(reply(server.url, 1000))
  expect(error).toMatchObject({ code: 'deadline', retryable: true })
})

test('who is cancelled asks no more', async () => {
  const gone = new AbortController()
  await using server = await serverOf(() => gone.abort())
  expect(await failureOf(reply(server.url, 20_000, gone.signal))).toMatchObject({ code: 'cancelled' })
  expect(server.requests).toHaveLength(1)
})
