import { describe, expect, test } from 'vitest'
import { problemOf } from '../../../runner/model-server/src/problems.ts'
import { ReviewError } from '../../../src/errors.ts'
import { createModelServerClient } from '../../../src/model/client.ts'
import { PassingError } from '../../../src/model/try-again.ts'
import { aPipelineResult, aRankedFinding, aReviewRequest } from '../../model-server/support/review-parts.ts'
import { type Answer, serverOf, status } from './answering-server.ts'

const { findings: _findings, ...done } = aPipelineResult()
const accepted = { event: 'accepted', data: { id: 'a1', queue: 0, effort: 'standard', trusted: [] } }
const finding = { event: 'finding', data: { ...aRankedFinding(), seal: 'e'.repeat(64) } }
const end = { event: 'done', data: { ...done, summarySeal: 'f'.repeat(64) } }

function frames(events: readonly { event: string; data: unknown }[], firstId = 1): string {
  return events
    .map(
      ({ event, data }, index) =>
        `id: ${firstId + index}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    )
    .join('')
}

const stream =
  (text: string, finish: 'end' | 'break' | 'hang' = 'end'): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text)
    if (finish === 'end') response.end()
    if (finish === 'break') setImmediate(() => response.destroy())
  }

const whole = stream(frames([accepted, finding, end]))
const patient = () => ({ signal: new AbortController().signal, onProgress: () => {} })
const review = (url: string, deadlineMs = 20_000) =>
  createModelServerClient({ url }).review(aReviewRequest({ deadlineMs }), patient())

async function failureOf(url: string, deadlineMs?: number): Promise<ReviewError> {
  const error = await review(url, deadlineMs).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ReviewError)
  return error as ReviewError
}

describe('a stream that breaks', () => {
  test('is taken up after the last event, and repeated events count once', async () => {
    const rest = stream(frames([accepted, finding, finding, end]))
    await using server = await serverOf(stream(frames([accepted, finding]), 'break'), rest)
    const result = await review(server.url)
    expect(result.findings).toHaveLength(2)
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/reviews',
      'GET /v1/reviews/a1',
    ])
    expect(server.requests[1]?.headers['last-event-id']).toBe('2')
  })

  test('and a server that has forgotten the review begin it anew, under the same name', async () => {
    await using server = await serverOf(stream(frames([accepted, finding]), 'break'), status(404), whole)
    expect((await review(server.url)).findings).toHaveLength(1)
    const posts = server.requests.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(2)
    expect(posts[0]?.headers['idempotency-key']).toBe(posts[1]?.headers['idempotency-key'])
    const left = server.bodies
      .filter((body) => body !== '')
      .map((body) => JSON.parse(body).deadlineMs as number)
    expect(left[1]).toBeLessThan(left[0] ?? 0)
  })

  test('at the same place again and again is given up', async () => {
    const broken = stream(frames([accepted]), 'break')
    await using server = await serverOf(broken)
    expect(await failureOf(server.url)).toMatchObject({ code: 'server-unreachable', retryable: true })
  })
})

describe('a server that refuses', () => {
  test.each([
    [401, '', 'server-unauthorized'],
    [403, '', 'server-unauthorized'],
    [404, '', 'server-refused'],
    [413, '', 'server-refused'],
    [400, JSON.stringify(problemOf('bad-request')), 'server-refused'],
    [429, JSON.stringify(problemOf('unauthorized', { status: 429 })), 'server-unauthorized'],
    [503, JSON.stringify(problemOf('deadline-too-short')), 'server-busy'],
    [301, '', 'server-answer-invalid'],
    [418, '{"code":"__proto__"}', 'server-refused'],
  ])('with %i %s is %s at once, in words of our own', async (code, body, expected) => {
    const headers = { location: 'http://127.0.0.1:1/', 'content-type': 'application/problem+json' }
    await using server = await serverOf(status(code, headers, body || 'SECRET-MARKER ::error::'))
    const error = await failureOf(server.url)
    expect(error.code).toBe(expected)
    expect(error.message).toContain(new URL(server.url).host)
    expect(`${error.message}${error.hint}`).not.toMatch(/MARKER|::/)
    expect(error.hint).not.toBe('')
    expect(server.requests).toHaveLength(1)
  })

  test('for now is asked again when it says so', async () => {
    await using server = await serverOf(
      status(429, { 'retry-after': '1' }, JSON.stringify(problemOf('queue-full'))),
      status(503, { 'retry-after': '0' }),
      whole,
    )
    const before = Date.now()
    expect((await review(server.url)).findings).toHaveLength(1)
    expect(Date.now() - before).toBeGreaterThan(900)
    expect(server.requests).toHaveLength(3)
  })

  test('for longer than the deadline is not waited for', async () => {
    const full = status(429, { 'retry-after': '3600' }, JSON.stringify(problemOf('queue-full')))
    await using server = await serverOf(full)
    const before = Date.now()
    expect(await failureOf(server.url)).toMatchObject({ code: 'server-busy', retryable: true })
    expect(Date.now() - before).toBeLessThan(10_000)
  })

  test.each([
    ['superseded', 'head-moved'],
    ['cancelled', 'cancelled'],
    ['internal', 'server-refused'],
    ['deadline-too-short', 'server-busy'],
    ['a-code-of-later', 'server-refused'],
  ] as const)('in the middle of a stream with %s is %s', async (code, expected) => {
    const problem = { event: 'problem', data: { ...problemOf('internal'), code } }
    await using server = await serverOf(stream(frames([accepted, problem])))
    expect((await failureOf(server.url)).code).toBe(expected)
    expect(server.requests).toHaveLength(1)
  })

  test('because it stops is asked again, for the whole review', async () => {
    const stopping = { event: 'problem', data: problemOf('shutting-down') }
    await using server = await serverOf(stream(frames([accepted, finding, stopping])), whole)
    expect((await review(server.url)).findings).toHaveLength(1)
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST'])
  })
})

describe('an answer that is none', () => {
  test.each<[string, Answer]>([
    ['a page', status(200, { 'content-type': 'text/html' }, '<h1>SECRET-MARKER</h1>')],
    ['no type', status(200, {}, frames([accepted, end]))],
    ['events without ids', stream('event: accepted\ndata: {}\n\n')],
    ['a missing event', stream(frames([accepted]) + frames([end], 3))],
    ['no JSON', stream('id: 1\nevent: accepted\ndata: SECRET-MARKER\n\n')],
    ['data of another shape', stream(frames([{ event: 'accepted', data: { id: 'SECRET-MARKER' } }]))],
    ['a result without a beginning', stream(frames([end]))],
    ['a seal that is none', stream(frames([accepted, { ...finding, data: { ...finding.data, seal: 'x' } }]))],
    ['an endless line', stream(`data: ${'x'.repeat(9 * 1024 * 1024)}`)],
    [
      'bytes that are no text',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(Buffer.from([0xff, 0xfe, 0xff]))
      },
    ],
  ])('but %s is refused without being repeated', async (_name, answer) => {
    await using server = await serverOf(answer)
    const error = await failureOf(server.url)
    expect(error.code).toBe('server-answer-invalid')
    expect(`${error.message}${error.hint}`).not.toContain('MARKER')
    expect(server.requests).toHaveLength(1)
  })

  test('but from a later version, with more fields and events, is understood', async () => {
    const later = [
      { ...accepted, data: { ...accepted.data, more: 1 } },
      { event: 'of-later', data: 'anything' },
      { ...finding, data: { ...finding.data, more: { a: 1 } } },
      { ...end, data: { ...end.data, more: [] } },
    ]
    await using server = await serverOf(stream(`retry: 10\n: a comment\n\n${frames(later)}`))
    expect((await review(server.url)).findings).toEqual([finding.data])
  })
})

test('a server that is not there is named with what to change', async () => {
  const error = await failureOf('http://127.0.0.1:1')
  expect(error).toMatchObject({ code: 'server-unreachable', retryable: true })
  expect(error.message).toContain('127.0.0.1:1')
  expect(error.hint).toContain('server-url')
})

test('a server that hangs is left at the deadline, and told to stop', async () => {
  await using server = await serverOf(stream(frames([accepted]), 'hang'), status(204))
  expect(await failureOf(server.url, 1000)).toMatchObject({ code: 'deadline', retryable: true })
  expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/reviews/a1' })
})

test('the key goes to the server as a bearer token, and a queue is told as progress', async () => {
  const queued = { ...accepted, data: { ...accepted.data, queue: 3 } }
  await using server = await serverOf(stream(frames([queued, end])))
  const progress: unknown[] = []
  await createModelServerClient({ url: server.url, apiKey: 'the-key' }).review(aReviewRequest(), {
    ...patient(),
    onProgress: (step) => progress.push(step),
  })
  expect(server.requests[0]?.headers.authorization).toBe('Bearer the-key')
  expect(progress).toEqual([{ stage: 'queued', done: 0, total: 3 }])
})

test('each request shows a token of its own, and none where GitHub gives none for a while', async () => {
  await using server = await serverOf(stream(frames([accepted]), 'break'), stream(frames([finding, end], 2)))
  let asked = 0
  const token = async () => {
    asked += 1
    if (asked === 1) {
      throw new PassingError(new ReviewError('server-unauthorized', 'No token.', { hint: 'Try again.' }))
    }
    return `token-${asked}`
  }
  const result = await createModelServerClient({ url: server.url, token }).review(aReviewRequest(), patient())
  expect(result.findings).toHaveLength(1)
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-2',
    'Bearer token-3',
  ])
})

test('a service of tokens that says nothing is not waited for beyond the deadline', async () => {
  await using server = await serverOf(whole)
  const client = createModelServerClient({ url: server.url, token: () => new Promise(() => {}) })
  const asked = client.review(aReviewRequest({ deadlineMs: 1000 }), patient())
  await expect(asked).rejects.toMatchObject({ code: 'deadline' })
  expect(server.requests).toEqual([])
})
