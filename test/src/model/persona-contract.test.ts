import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPersonaServer } from '../../../src/model/persona-server.ts'
import type { PersonaServer } from '../../../src/roles.ts'
import { type ModelServerProcess, startModelServer } from '../../support/model-server.ts'
import { aPastComment } from '../../support/persona/past-comment.ts'

let server: ModelServerProcess
let personas: PersonaServer
beforeAll(async () => {
  server = await startModelServer()
  const { signal } = new AbortController()
  personas = createPersonaServer({ ...server, signal, timeLeft: () => 60_000 })
}, 90_000)
afterAll(() => server[Symbol.asyncDispose]())

const persona = {
  repository: { id: 9, owner: 'acme', name: 'shop' },
  person: { id: 2, login: 'maintainer' },
}
const consent = { kind: 'comment', reference: '60', at: '2026-01-01T00:00:00Z' } as const

const pastComment = (id: number) => aPastComment({ id, body: `Please name this better, take ${id}.` })

test('the real server keeps a persona from its consent to its end as the client says', {
  timeout: 60_000,
}, async () => {
  expect(await personas.status(persona)).toMatchObject({ state: 'none', card: null })
  const chunk = (from: number, done: boolean) => ({
    session: 'one',
    cursor: String(from),
    done,
    comments: Array.from({ length: 15 }, (_, index) => pastComment(from + index)),
  })
  await expect(personas.upload(persona, chunk(1, false))).rejects.toMatchObject({ code: 'no-consent' })
  expect(await personas.agree(persona, consent)).toMatchObject({ state: 'collecting' })
  expect(await personas.upload(persona, chunk(1, false))).toMatchObject({
    state: 'collecting',
    collection: { session: 'one', cursor: '1', comments: 15 },
  })
  expect(await personas.upload(persona, chunk(16, true))).toMatchObject({
    state: 'ready',
    comments: 30,
    collection: null,
    card: expect.stringMatching(/^\/cards\/[0-9a-f]{32}$/),
  })
  await personas.feedback({ repository: persona.repository, pullRequest: 7, outcomes: [] })
  expect(await personas.forget(persona)).toMatchObject({ comments: 30 })
  await expect(personas.agree(persona, consent)).rejects.toMatchObject({ code: 'no-consent' })
  expect(await personas.status(persona)).toMatchObject({ state: 'withdrawn' })
})

test('the real server dates a withdrawal as it dates consents, and tells nobody else that a style is ready', async () => {
  const person = { id: 3, login: 'contributor' }
  const theirs = { ...persona, person }
  await personas.agree(theirs, consent)
  const comments = Array.from({ length: 20 }, (_, index) => pastComment(index + 1))
  await personas.upload(theirs, { session: 'one', cursor: '', done: true, comments })
  expect(await personas.status(theirs)).toMatchObject({ state: 'ready' })
  const heir = { ...theirs, person: { ...person, id: 4 } }
  expect(await personas.status(heir)).toMatchObject({ state: 'none', comments: 0, style: null, card: null })
  await personas.forget({ ...theirs, at: '2026-02-01T00:00:00Z' })
  await expect(personas.agree(theirs, { ...consent, at: '2026-02-01T00:00:00Z' })).rejects.toMatchObject({
    code: 'no-consent',
  })
  await personas.agree(theirs, { ...consent, at: '2026-02-01T00:00:01Z' })
})
