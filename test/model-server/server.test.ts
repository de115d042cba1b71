import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createModelServerClient } from '../../src/model/client.ts'
import { type ModelServerProcess, startModelServer } from '../support/model-server.ts'
import { startOpenAiServer } from '../support/openai-engine.ts'
import { anAnsweredFinding, answerWith, asksForVerdict, lineIdsOf } from '../support/scripted-engine.ts'
import { aReviewRequest } from './support/review-parts.ts'

const patient = { signal: new AbortController().signal, onProgress: () => {} }
const entry = join(import.meta.dirname, '../../runner/model-server/src/server.ts')
const aDirectory = mkdtempSync(join(tmpdir(), 'ai-review-server-'))

afterAll(() => rm(aDirectory, { recursive: true, force: true }))

const marker = `MARKER${randomBytes(6).toString('hex')}`

/** Paths of files below `directory` that hold the marker, as UTF-8 or UTF-16. */
async function filesWithMarker(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  const needles = [Buffer.from(marker), Buffer.from(marker, 'utf16le')]
  const found: string[] = []
  for (const path of paths) {
    const bytes = await readFile(path)
    if (needles.some((needle) => bytes.includes(needle))) found.push(path)
  }
  return found
}

function aMarkedRequest() {
  const text = `const total = price // ${marker}`
  const request = aReviewRequest({ text })
  const path = `src/${marker}.ts`
  return {
    ...request,
    // Long enough for the same effort, and so the same question, while an earlier review is just ending.
    deadlineMs: 600_000,
    repository: { id: 7, owner: marker, name: marker },
    changedFiles: request.changedFiles.map((file) => ({ ...file, path })),
    files: request.files.map((file) => ({ ...file, path, headText: `${text}\n` })),
    guidelines: [{ path: `${marker}.md`, directory: '', text: `Prefer ${marker}.` }],
    rules: [{ path: `${marker}.yml`, text: `id: ${marker}\nlanguage: [` }],
  }
}

/** Requests that end in each kind of error, with the marker wherever a client can put it. */
async function provokeErrors({ url, apiKey }: ModelServerProcess): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const post = (body: string, more: Record<string, string> = {}) =>
    fetch(`${url}/v1/reviews`, { method: 'POST', headers: { ...headers, ...more }, body })
  const answers = await Promise.all([
    post(`{"${marker}": ${marker}`),
    post(JSON.stringify({ ...aReviewRequest(), [marker]: marker })),
    post('{}', { 'idempotency-key': marker.repeat(20) }),
    post('{}', { 'content-type': `text/${marker}` }),
    fetch(`${url}/${marker}?${marker}=${marker}`),
    fetch(`${url}/v1/reviews/${marker}`, { headers: { ...headers, 'last-event-id': marker } }),
    fetch(`${url}/v1/capacity`, { headers: { authorization: `Bearer ${marker}` } }),
  ])
  for (const answer of answers) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).not.toContain(marker)
  }
}

test('no text of a change or a model is in the log at any level, in the metrics or on the disk', async () => {
  await using engine = await startOpenAiServer({
    script: (completion) => {
      const asked = { schema: completion.response_format.json_schema.schema }
      if (asksForVerdict(asked))
        return { kind: 'answer', text: JSON.stringify({ reason: marker, verdict: 'real' }) }
      const line = lineIdsOf(asked)[0]
      const finding = {
        quote: 'const total = price',
        line,
        firstLine: line,
        title: marker,
        body: `The ${marker}.`,
      }
      return { kind: 'answer', text: answerWith(anAnsweredFinding(finding)) }
    },
  })
  await using server = await startModelServer({
    env: { LOG_LEVEL: 'trace', OPENAI_BASE_URL: engine.url, OPENAI_MODEL: 'scripted' },
  })
  const result = await createModelServerClient(server).review(aMarkedRequest(), patient)
  expect(result.findings.filter((finding) => finding.title === marker)).toHaveLength(1)
  const again = await createModelServerClient(server).review(
    { ...aMarkedRequest(), policyHash: 'a'.repeat(64) },
    patient,
  )
  expect(again.done.usage.cachedBatches).toBe(1)
  await provokeErrors(server)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  await server.stop()

  expect(metrics).toMatch(/ai_review_findings_total\{reviewer="model",severity="high"\} [12]/)
  expect(metrics).not.toContain(marker)
  expect(server.printed()).toContain('"route":"/v1/reviews"')
  expect(server.printed()).not.toContain(marker)
  expect(await filesWithMarker(server.dataDirectory)).toEqual([])
})

test('a server without a database reviews, and keeps nothing but its key', async () => {
  await using server = await startModelServer({ env: { DATABASE_URL: 'none' } })
  const { done } = await createModelServerClient(server).review(aReviewRequest(), patient)
  expect(done.complete).toBe(true)
  expect(await readdir(join(server.dataDirectory, 'data'))).toEqual(['server.key'])
})

test('the key of the seals stays the same over restarts, and is for its owner alone', async () => {
  await using server = await startModelServer({ env: { DATABASE_URL: 'none' } })
  const first = await createModelServerClient(server).review(aReviewRequest(), patient)
  await server.stop()
  const keyFile = join(server.dataDirectory, 'data', 'server.key')
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)

  await using next = await startModelServer({
    env: { DATABASE_URL: 'none', DATA_DIR: join(server.dataDirectory, 'data') },
  })
  const second = await createModelServerClient(next).review(aReviewRequest(), patient)
  expect(second.done.summarySeal).toBe(first.done.summarySeal)
})

test('a second server on the same directory ends at once and names the first', async () => {
  await using server = await startModelServer()
  const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(server.dataDirectory, 'data') }
  const second = spawnSync(process.execPath, [entry], { env, encoding: 'utf8' })
  expect(second.status).toBe(1)
  expect(second.stderr).toMatch(/in use by process \d+/)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  // The embedded database takes long to make on a machine that is busy.
}, 120_000)

test('a server that is told to stop lets a running review end', async () => {
  const released = Promise.withResolvers<void>()
  await using engine = await startOpenAiServer({
    script: () => {
      released.resolve()
      return { kind: 'pieces', pieces: ['{', '"findings"', ':[]', '}'], everyMs: 300, end: 'finish' }
    },
  })
  await using server = await startModelServer({
    env: { OPENAI_BASE_URL: engine.url, OPENAI_MODEL: 'scripted' },
  })
  const review = createModelServerClient(server).review(aReviewRequest({ effort: 'quick' }), patient)
  await released.promise
  const stopped = server.stop()
  expect((await review).done.complete).toBe(true)
  await stopped
})

test('settings that cannot be used end the start with every reason and no value', () => {
  const env = { PATH: process.env.PATH, PORT: marker, HOST: '0.0.0.0', API_KEYS: marker, ENGINE: 'llama' }
  const ended = spawnSync(process.execPath, [entry], { env, encoding: 'utf8' })
  expect(ended.status).toBe(1)
  expect(ended.stdout).toBe('')
  expect(ended.stderr).toMatch(/PORT: .*\n.*API_KEYS: /)
  expect(ended.stderr).not.toContain(marker)
})

test('a model that is not there ends the start with one clear sentence', () => {
  const ended = endOfStart({ MODEL: '/nowhere/model.gguf' })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toMatch(/^There is no model file at [^\n]+\n$/)
})

function endOfStart(settings: Record<string, string>) {
  const common = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent' }
  const env = { ...common, DATA_DIR: aDirectory, DATABASE_URL: 'none', ...settings }
  return spawnSync(process.execPath, [entry], { env, encoding: 'utf8', timeout: 60_000 })
}

test('a port that is taken ends the start with the setting to change', async () => {
  await using server = await startModelServer({ env: { DATABASE_URL: 'none' } })
  const ended = endOfStart({ PORT: new URL(server.url).port })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toMatch(/^PORT \d+ of 127\.0\.0\.1 is taken: [^\n]+ set another PORT\.\n$/)
})

test('an address of another machine ends the start with the setting to change', () => {
  const ended = endOfStart({ HOST: '192.0.2.1', API_KEYS: marker.repeat(4) })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toMatch(/^HOST 192\.0\.2\.1 is no address of this machine: [^\n]+\n$/)
})

test('a data directory that cannot be made ends the start with the setting to change', () => {
  const ended = endOfStart({ DATA_DIR: entry })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toMatch(/^DATA_DIR [^\n]+ cannot be written to \(EEXIST\): [^\n]+\n$/)
})

test('a PostgreSQL that does not answer ends the start with its code and not with its password', () => {
  const ended = endOfStart({ DATABASE_URL: `postgres://user:${marker}@127.0.0.1:1/reviews` })
  expect(ended.status).toBe(1)
  expect(ended.stderr).toMatch(/^PostgreSQL [^\n]+ \(ECONNREFUSED\): check DATABASE_URL[^\n]+\n$/)
  expect(ended.stderr).not.toContain(marker)
})
