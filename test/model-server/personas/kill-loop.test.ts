import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PersonaStatus } from '@ai-review/protocol/persona'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededNumbers } from '../../../runner/model-server/src/personas/gate/seeded-numbers.ts'
import { openRegistry } from '../../../runner/model-server/src/personas/registry/registry.ts'
import { aConsent, aPersona, historyChunks } from '../../support/persona/persona-history.ts'
import { startAdaptingServer } from '../../support/persona/start-adapting-server.ts'

/** Rounds: a server is started on what the one before left, is asked for something, and killed in the middle of it. */
const kills = Number(process.env.PERSONA_KILLS ?? 3)
const seed = Number(process.env.PERSONA_SEED ?? 1)
const path = '/v1/personas/acme/shop/maintainer'
/** Trainings that a killed server left are taken up after a minute; what nobody takes up is removed after two. */
const settlingMs = 240_000

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kill-loop-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** What the server has said yes to, and may therefore not lose. */
interface Promised {
  readonly session: string
  readonly comments: number
  /** Whether the last thing that was asked for was to forget all of it. */
  readonly forgetting: 'no' | 'asked' | 'promised'
}

const nothing: Promised = { session: '', comments: 0, forgetting: 'no' }

interface Asked {
  readonly method: 'PUT' | 'POST' | 'DELETE'
  readonly rest?: string
  readonly body?: unknown
}

async function ask(url: string, { method, rest = '', body }: Asked): Promise<boolean> {
  try {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}${rest}`, { method, headers, ...sent })
    if (answer.status >= 500) throw new Error(`${method} ${rest} was answered with ${answer.status}`)
    await answer.text()
    return answer.ok
  } catch (error) {
    // Killed before it answered.
    if (error instanceof TypeError) return false
    throw error
  }
}

const agree = (url: string) =>
  ask(url, {
    method: 'PUT',
    rest: '/consent',
    body: {
      ...aConsent,
      consent: { ...aConsent.consent, at: new Date(Date.now() + 1000).toISOString() },
    },
  })

/** What a run of the Action asks for: a history in a session of its own, then a training. */
async function learn(url: string, session: string, tell: (promised: Promised) => void): Promise<void> {
  if (!(await agree(url))) return
  tell({ ...nothing, session })
  let comments = 0
  for (const chunk of historyChunks(600, 600, session)) {
    if (!(await ask(url, { method: 'PUT', rest: '/samples', body: chunk }))) return
    comments += chunk.comments.length
    tell({ session, comments, forgetting: 'no' })
  }
  await ask(url, { method: 'POST', rest: '/training', body: { ...aPersona.about, force: true } })
}

async function statusAt(url: string): Promise<PersonaStatus> {
  return PersonaStatus.parse(await (await fetch(`${url}${path}`)).json())
}

const namesIn = (folder: string) => readdir(join(directory, folder)).catch(() => [])

/** What holds after every start. */
async function expectConsistent(url: string, promised: Promised): Promise<void> {
  const status = await statusAt(url)
  const files = (await namesIn('adapters')).filter((name) => !name.startsWith('.'))
  expect(files.filter((hash) => !status.versions.some((version) => version.hash === hash))).toEqual([])
  expect(status.versions.filter(({ state }) => state === 'live').length).toBeLessThanOrEqual(1)
  const registry = await openRegistry(join(directory, 'adapters'))
  for (const { hash, state } of status.versions) {
    if (state !== 'training') expect(await registry.isWhole(hash), state).toBe(true)
  }
  if (promised.forgetting === 'promised') {
    expect(status).toMatchObject({
      state: 'withdrawn',
      comments: 0,
      versions: [],
      training: null,
      card: null,
    })
  }
  if (promised.forgetting !== 'no' || promised.session === '') return
  const kept = Math.max(status.comments, status.collection?.comments ?? 0)
  expect(kept).toBeGreaterThanOrEqual(promised.comments)
}

async function round(number: number, random: () => number, before: Promised): Promise<Promised> {
  await using server = await startAdaptingServer(directory, { steps: 20, stepMs: 20 })
  await expectConsistent(server.url, before)
  let promised = before
  const killing = sleep(30 + random() * random() * 6000).then(() => server.kill())
  if (random() < 0.35) {
    promised = { ...promised, forgetting: 'asked' }
    if (await ask(server.url, { method: 'DELETE' })) promised = { ...promised, forgetting: 'promised' }
  } else {
    await learn(server.url, `round-${number}`, (told) => {
      promised = told
    })
  }
  await killing
  expect(server.printed()).not.toMatch(/Why is the quantity|"level":(?:50|60)/)
  return promised
}

test(`${kills} kills at any moment leave what was promised (seed ${seed})`, {
  timeout: settlingMs + 120_000 + kills * 20_000,
}, async () => {
  const random = seededNumbers(seed)
  let promised = nothing
  for (let number = 0; number < kills; number += 1) promised = await round(number, random, promised)

  await using server = await startAdaptingServer(directory)
  await expectConsistent(server.url, promised)
  expect(await ask(server.url, { method: 'DELETE' })).toBe(true)
  await expectConsistent(server.url, { ...nothing, forgetting: 'promised' })
  expect((await namesIn('adapters')).filter((name) => !name.startsWith('.'))).toEqual([])
  // A session that is new is whole, whatever was broken off before.
  expect(await agree(server.url)).toBe(true)
  for (const chunk of historyChunks(120, 120, 'last')) {
    expect(await ask(server.url, { method: 'PUT', rest: '/samples', body: chunk })).toBe(true)
  }
  expect(await statusAt(server.url)).toMatchObject({ state: 'ready', comments: 120 })
  if (process.env.PERSONA_KILLS === undefined) return
  for (const until = Date.now() + settlingMs; Date.now() < until; await sleep(1000)) {
    if ((await namesIn('trainings')).length === 0) return
  }
  expect(await namesIn('trainings'), 'no samples stay in directories of trainings').toEqual([])
})
