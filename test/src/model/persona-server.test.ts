import type { PersonaStatus, TrainingStatus } from '@ai-review/protocol/persona'
import { describe, expect, test } from 'vitest'
import { createPersonaServer } from '../../../src/model/persona-server.ts'
import { type Answer, serverOf, status } from './answering-server.ts'

const persona = {
  repository: { id: 9, owner: 'acme', name: 'shop' },
  person: { id: 2, login: 'maintainer' },
}
const card: PersonaStatus = {
  owner: 'acme',
  repository: 'shop',
  login: 'maintainer',
  state: 'ready',
  consent: { kind: 'comment', reference: '60', at: '2026-05-01T00:00:00Z' },
  comments: 30,
  silences: 0,
  window: null,
  collection: null,
  style: null,
  training: null,
  versions: [],
  trains: true,
  card: `/cards/${'c'.repeat(32)}`,
}
const training = (state: TrainingStatus['state']): TrainingStatus => ({
  id: 't1',
  state,
  position: 0,
  step: 1,
  steps: 2,
  secondsLeft: null,
  message: '',
  version: null,
})

const json = (value: unknown, code = 200): Answer =>
  status(code, { 'content-type': 'application/json' }, JSON.stringify(value))
const events = (...states: readonly TrainingStatus['state'][]): Answer =>
  status(
    200,
    { 'content-type': 'text/event-stream' },
    states
      .map(
        (state, index) => `id: ${index + 1}\nevent: training\ndata: ${JSON.stringify(training(state))}\n\n`,
      )
      .join(''),
  )
const problem = (code: string, httpStatus: number): Answer =>
  status(
    httpStatus,
    { 'content-type': 'application/problem+json' },
    JSON.stringify({
      type: 'about:blank',
      status: httpStatus,
      code,
      title: 'x',
      hint: 'x',
      retryable: false,
    }),
  )

async function scene(...answers: Answer[]) {
  const server = await serverOf(...answers)
  const stop = new AbortController()
  const personas = createPersonaServer({
    url: server.url,
    apiKey: 'key',
    signal: stop.signal,
    timeLeft: () => 20_000,
  })
  return { ...server, personas, stop, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describe('what is asked of the server', () => {
  test('each request names the persona by its address and by number', async () => {
    await using server = await scene(
      json(card),
      json(card),
      json(card),
      json(training('queued'), 202),
      json({ comments: 1, versions: 0, cancelled: false }),
      json({ recorded: 1 }),
    )
    const { personas } = server
    expect(await personas.status(persona)).toEqual(card)
    await personas.agree(persona, { kind: 'comment', reference: '60', at: '2026-05-01T00:00:00Z' })
    await personas.upload(persona, { session: 's', cursor: '', done: true })
    expect(await personas.train(persona, { force: true, refresh: 'weekly' })).toEqual(training('queued'))
    expect(await personas.forget(persona)).toEqual({ comments: 1, versions: 0, cancelled: false })
    await personas.feedback({ repository: persona.repository, pullRequest: 7, outcomes: [] })
    const at = '/v1/personas/acme/shop/maintainer'
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${at}?repository=9&person=2`,
      `PUT ${at}/consent`,
      `PUT ${at}/samples`,
      `POST ${at}/training`,
      `DELETE ${at}?repository=9&person=2`,
      'POST /v1/feedback',
    ])
    expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer key')).toBe(true)
    expect(server.bodies.slice(1, 4).map((body) => JSON.parse(body))).toEqual([
      { ...persona, consent: { kind: 'comment', reference: '60', at: '2026-05-01T00:00:00Z' } },
      { ...persona, session: 's', cursor: '', done: true },
      { ...persona, force: true, refresh: 'weekly' },
    ])
  })

  test('names that could leave the address stay in it', async () => {
    await using server = await scene(json(card))
    const { personas } = server
    const odd = { repository: { id: 9, owner: '...', name: 'a/b?c#d' }, person: { id: 2, login: 'x%2f' } }
    await personas.status(odd)
    expect(server.requests[0]?.path).toBe('/v1/personas/.../a%2Fb%3Fc%23d/x%252f?repository=9&person=2')
    const above = { ...odd, repository: { ...odd.repository, owner: '..' } }
    await expect(personas.status(above)).rejects.toMatchObject({ code: 'bad-event' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('when the server does not do it', () => {
  test('what passes is tried again', async () => {
    await using server = await scene(problem('shutting-down', 503), json(card))
    expect(await server.personas.status(persona)).toEqual(card)
    expect(server.requests).toHaveLength(2)
  })

  test.each([
    ['no-consent', 403, 'no-consent'],
    ['unauthorized', 401, 'server-unauthorized'],
    ['training-off', 409, 'server-refused'],
    ['not-found', 404, 'server-refused'],
  ])('%s is %s for the Action', async (code, httpStatus, expected) => {
    await using server = await scene(problem(code, httpStatus))
    await expect(server.personas.status(persona)).rejects.toMatchObject({ code: expected })
    expect(server.requests).toHaveLength(1)
  })

  test('a server that keeps none is told of as such, with what it lacks', async () => {
    await using server = await scene(problem('no-personas', 409))
    await expect(server.personas.status(persona)).rejects.toMatchObject({
      code: 'server-refused',
      message: expect.stringContaining('keeps no personas'),
      hint: expect.stringContaining('DATABASE_URL'),
    })
    expect(server.requests).toHaveLength(1)
  })

  test('an answer that is no card is none', async () => {
    await using server = await scene(json({ state: 'perhaps' }))
    await expect(server.personas.status(persona)).rejects.toMatchObject({ code: 'server-answer-invalid' })
  })

  test('feedback keeps nobody waiting', { timeout: 15_000 }, async () => {
    await using server = await scene(() => {})
    const told = server.personas.feedback({ repository: persona.repository, pullRequest: 7, outcomes: [] })
    await expect(told).rejects.toMatchObject({ code: 'deadline' })
  })

  test('a run that is stopped waits no more', async () => {
    await using server = await scene(() => {})
    const asked = server.personas.status(persona)
    server.stop.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a training that is watched', () => {
  const watch = (server: Awaited<ReturnType<typeof scene>>, signal = new AbortController().signal) => {
    const told: string[] = []
    const last = server.personas.watchTraining(persona, {
      signal,
      onStatus: ({ state }) => told.push(state),
    })
    return { told, last }
  }

  test('is told until it has ended, over as many connections as it takes', async () => {
    await using server = await scene(events('queued', 'training'), events('training', 'done'))
    const { told, last } = watch(server)
    expect(await last).toMatchObject({ state: 'done' })
    expect(told).toEqual(['queued', 'training', 'training', 'done'])
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  test('events of a later version are passed over', async () => {
    const later = status(
      200,
      { 'content-type': 'text/event-stream' },
      `event: news\ndata: {"weather":"fine"}\n\nevent: training\ndata: ${JSON.stringify(training('done'))}\n\n`,
    )
    await using server = await scene(later)
    const { told, last } = watch(server)
    await last
    expect(told).toEqual(['done'])
  })

  test('ends with the last that was told when the time is up', async () => {
    const open: Answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`event: training\ndata: ${JSON.stringify(training('training'))}\n\n`)
    }
    await using server = await scene(open)
    const stop = new AbortController()
    const last = server.personas.watchTraining(persona, { signal: stop.signal, onStatus: () => stop.abort() })
    expect(await last).toMatchObject({ state: 'training' })
  })

  test('one that the server does not know is an error', async () => {
    await using server = await scene(problem('not-found', 404))
    await expect(watch(server).last).rejects.toMatchObject({ code: 'server-refused' })
  })
})
