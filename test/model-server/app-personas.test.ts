import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PersonaStatus } from '@ai-review/protocol/persona'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../runner/model-server/src/app.ts'
import { readConfig } from '../../runner/model-server/src/config.ts'
import { createLog } from '../../runner/model-server/src/log.ts'
import { type AdaptingEngine, createAdaptingEngine } from '../support/adapting-engine.ts'
import { aConsent, aPersona, historyChunks } from '../support/persona/persona-history.ts'
import { answersOf } from '../support/persona/trained-persona.ts'
import { scriptedTrainer } from '../support/trainer/trainer-script.ts'

const program = join(import.meta.dirname, '../../bin/ai-review.js')
const path = '/v1/personas/acme/shop/maintainer'

let directory: string
let app: Awaited<ReturnType<typeof createApp>>
let engine: AdaptingEngine
let url: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'app-personas-'))
  const config = readConfig({
    DATA_DIR: directory,
    TRAINING: 'here',
    TRAINER_BASE_MODEL: '/models/base',
    TRAINER_COMMAND: JSON.stringify(scriptedTrainer().command),
    PATH: process.env.PATH,
  })
  engine = createAdaptingEngine({ answer: answersOf('good') })
  app = await createApp(config, createLog('silent'), { engine })
  await app.started
  url = await app.http.listen({ host: '127.0.0.1', port: 0 })
}, 60_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

async function ask(method: 'GET' | 'PUT' | 'POST', rest: string, body?: unknown) {
  const answer = await fetch(`${url}${path}${rest}`, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as unknown }
}

const statusOf = async () => PersonaStatus.parse((await ask('GET', '')).body)

/** The program as a person runs it, with the server's address and the numbers of the persona. */
function persona(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [command = '', ...options] = args
  const numbers = ['--repository-id', '7', '--person-id', '11']
  const words = ['persona', command, 'acme/shop', 'maintainer', '--server', url, ...numbers, ...options]
  const child = spawn(process.execPath, [program, ...words])
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes: Buffer) => {
    printed.stdout += bytes.toString()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    printed.stderr += bytes.toString()
  })
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...printed })))
}

test('whether the server runs a model is told before anybody agrees', async () => {
  expect(await statusOf()).toMatchObject({ hasModel: true })
  const config = readConfig({ DATA_DIR: join(directory, 'without-model') })
  await using other = await createApp(config, createLog('silent'))
  const told = async () => (await other.http.inject({ method: 'GET', url: path })).json()
  await other.started
  expect(await told()).toMatchObject({ state: 'none', hasModel: false })
}, 60_000)

describe('a server that trains', () => {
  test('takes a history, trains on it, serves the adapter, and forgets all of it', async () => {
    const consent = { ...aConsent, consent: { ...aConsent.consent, at: new Date().toISOString() } }
    expect(await ask('PUT', '/consent', consent)).toMatchObject({ status: 200 })
    for (const chunk of historyChunks(300)) {
      expect(await ask('PUT', '/samples', chunk)).toMatchObject({ status: 200 })
    }
    expect(await statusOf()).toMatchObject({ state: 'ready', trains: true, comments: 300 })

    const trained = await persona('train')
    expect(trained.stderr).toMatch(/done.*The adapter is live/)
    expect(trained.stdout).toMatch(/maintainer in acme\/shop: ready[\s\S]*a-[0-9a-f]{12} {2}live/)
    expect(trained.status).toBe(0)
    const [version] = (await statusOf()).versions
    expect([...engine.loaded.keys()]).toEqual([version?.name])
    expect(await readdir(join(directory, 'adapters'))).toEqual([version?.hash])

    const out = await persona('return', '--version', 'none')
    expect(out.stdout).toContain('retired')
    const back = await persona('promote', '--version', version?.name ?? '', '--json')
    expect(PersonaStatus.parse(JSON.parse(back.stdout)).versions[0]?.state).toBe('live')

    const forgotten = await persona('forget')
    expect(forgotten).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('300 past comments, 1 adapters'),
    })
    expect(await statusOf()).toMatchObject({ state: 'withdrawn', versions: [], comments: 0 })
    expect(engine.loaded.size).toBe(0)
    expect(await readdir(join(directory, 'adapters'))).toEqual([])
    expect(await readdir(join(directory, 'trainings'))).toEqual([])
  }, 120_000)

  test('tells who may not be trained what to change', async () => {
    const answer = await persona('train')
    expect(answer.status).toBe(2)
    expect(answer.stderr).toMatch(/agree/)
    const { status } = await ask('POST', '/training', { ...aPersona.about })
    expect(status).toBe(403)
  })

  test.each([
    [['burn'], /one of show, train/],
    [['promote'], /--version must be/],
    [['promote', '--version', '../../etc'], /--version must be/],
  ])('is not asked for %o', async (args, sentence) => {
    const answer = await persona(...args)
    expect(answer).toMatchObject({ status: 2, stderr: expect.stringMatching(sentence) })
  })
})
