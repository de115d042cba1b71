import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileToReview } from '@ai-review/protocol/change'
import { categories, type Finding, severities } from '@ai-review/protocol/finding'
import type { ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import { longestFlaggedRange, type Mark } from '@ai-review/protocol/seal'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppOverrides, createApp } from '../../runner/model-server/src/app.ts'
import { readConfig } from '../../runner/model-server/src/config.ts'
import { createLog } from '../../runner/model-server/src/log.ts'
import { createModelServerClient } from '../../src/model/client.ts'
import { markOf } from '../../src/review/mark-of.ts'
import { formatLedger, formatMark, parseLedgers, parseMarks } from '../../src/review/marker.ts'
import { anApiKey, aPipelineResult, aRankedFinding } from '../model-server/support/review-parts.ts'
import { aChangedFile, aHunk, aReviewRequest } from '../support/review-request.ts'
import {
  anAnsweredFinding,
  answerWith,
  asksForVerdict,
  createScriptedEngine,
  verdictOf,
} from '../support/scripted-engine.ts'

async function startServer(overrides: AppOverrides) {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-convergence-'))
  const apiKey = anApiKey()
  const config = readConfig({ DATA_DIR: directory, API_KEYS: apiKey })
  const app = await createApp(config, createLog('silent'), overrides)
  await app.started
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.http.server.address() as AddressInfo
  const client = createModelServerClient({ url: `http://127.0.0.1:${port}`, apiKey })
  return {
    review: (request: ReviewRequestInput) =>
      client.review(request, { signal: new AbortController().signal, onProgress: () => {} }),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const head = aReviewRequest([]).change.headSha

/** What the next run reads from the comments and the check that this one has left. */
function leftBehind({ findings, done }: ReviewResult): Pick<ReviewRequestInput, 'marks' | 'ledgers'> {
  const comments = findings.map((finding) => `A remark.\n\n${formatMark(markOf(finding, head))}`)
  const check = done.ledger === undefined ? '' : `Read.\n${formatLedger(done.ledger)}`
  return { marks: comments.flatMap(parseMarks), ledgers: parseLedgers(check) }
}

const sum = aHunk([' function sum(price, quantity) {', '+  const total = price', '+  return total', ' }'])
const limit = aHunk(['+export const limit = 10'], 60)
const app = (overrides: Partial<FileToReview> = {}) =>
  aChangedFile([], { hunks: [sum, limit], status: 'added', ...overrides })

/** A model that flags the line with `const total` whenever it sees it, in other words each time. */
function totalEngine() {
  let words = 0
  return createScriptedEngine((asked) => {
    if (asksForVerdict(asked)) return verdictOf('real')
    const prompt = asked.messages.map(({ content }) => content).join('\n')
    const line = /^(A\d+)\|\+ {3}const total/m.exec(prompt)?.[1]
    words += 1
    return line === undefined
      ? answerWith()
      : answerWith(anAnsweredFinding({ line, firstLine: line, title: `Wording ${words}` }))
  })
}

test('the server knows the mark of every finding again, as the Action has written it', async () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
  const finding = fc
    .record({
      identity: hex(64),
      flagged: fc.option(hex(32)),
      line: fc.integer({ min: 1000, max: 2000 }),
      lines: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(200, 201)),
      category: fc.constantFrom(...categories),
      severity: fc.constantFrom(...severities),
    })
    .map(({ flagged, lines, ...about }) =>
      aRankedFinding({
        ...about,
        ...(flagged === null ? {} : { flagged }),
        ...(lines === 1 ? {} : { startLine: about.line - lines + 1 }),
      }),
    )
  const [findings = []] = fc.sample(fc.array(finding, { minLength: 200, maxLength: 200 }), 1)
  await using server = await startServer({
    pipeline: { run: async () => aPipelineResult({ findings }) },
    engine: totalEngine(),
  })
  const first = await server.review(aReviewRequest([app()]))
  const { marks = [] } = leftBehind(first)
  const isFull = (one: Finding) => one.line - (one.startLine ?? one.line) < longestFlaggedRange && one.flagged
  expect(marks.filter((mark) => mark.lines !== undefined)).toHaveLength(first.findings.filter(isFull).length)
  const next = await server.review(aReviewRequest([app()], { marks }))
  expect(new Set(next.accepted.trusted)).toEqual(new Set(findings.map(({ identity }) => identity)))
  // A bare mark does not tell how many lines it is about: that it is not found proves nothing.
  const full = new Set(marks.filter(({ lines }) => lines !== undefined).map(({ identity }) => identity))
  const states = (next.accepted.earlier ?? []).map(({ identity, state }) => [state, full.has(identity)])
  expect(new Set(states.map(String))).toEqual(new Set(['gone,true', 'settled,false']))
})

describe('a pull request over time', () => {
  const engine = totalEngine()
  let server: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    server = await startServer({ engine })
  })

  afterAll(() => server[Symbol.asyncDispose]())

  test('what was read once is not read again, until it changes or everything is asked for', async () => {
    const first = await server.review(aReviewRequest([app()]))
    expect(first.accepted).toMatchObject({ trusted: [], earlier: [], settled: [] })
    expect(first.findings).toHaveLength(1)
    const { identity } = first.findings[0] as Finding
    const left = leftBehind(first)

    const calls = engine.asked.length
    const again = await server.review(aReviewRequest([app()], left))
    expect(engine.asked).toHaveLength(calls)
    expect(again.accepted.earlier).toMatchObject([{ identity, state: 'settled', declined: false }])
    expect(again.accepted.settled).toEqual(first.done.ledger?.hunks)
    expect(again.done).toMatchObject({ complete: true, ledger: first.done.ledger })

    const edited = app({
      hunks: [aHunk(['+// a note', ...['+  const total = price', '+  return 0']]), limit],
    })
    const pushed = await server.review(aReviewRequest([edited], left))
    expect(pushed.accepted.earlier).toMatchObject([{ identity, state: 'changed' }])
    expect(pushed.accepted.settled).toHaveLength(1)
    expect(pushed.findings.map((one) => one.identity)).toEqual([identity])

    const full = await server.review(aReviewRequest([app()], { ...left, full: true }))
    expect(full.accepted).toMatchObject({ settled: [], earlier: [{ state: 'reread' }] })
    expect(full.findings.map((one) => one.identity)).toEqual([identity])
  })

  test('a finding keeps its identity where its file is renamed, and is gone where its line is', async () => {
    const first = await server.review(aReviewRequest([app()]))
    const { identity } = first.findings[0] as Finding
    const left = { marks: leftBehind(first).marks }
    const renamed = await server.review(aReviewRequest([app({ path: 'src/renamed.ts' })], left))
    expect(renamed.accepted.earlier).toMatchObject([{ identity, state: 'reread' }])
    expect(renamed.findings.map((one) => [one.path, one.identity])).toEqual([['src/renamed.ts', identity]])
    const fixed = await server.review(aReviewRequest([app({ hunks: [limit] })], left))
    expect(fixed.accepted.earlier).toMatchObject([{ identity, state: 'gone' }])
  })

  test('marks and ledgers of one pull request mean nothing in another, nor when they are changed', async () => {
    const first = await server.review(aReviewRequest([app()]))
    const { marks = [], ledgers = [] } = leftBehind(first)
    const { change } = aReviewRequest([])
    const elsewhere = { ...change, number: change.number + 1 }
    const nothing = { trusted: [], earlier: [], settled: [] }
    const copied = await server.review(aReviewRequest([app()], { marks, ledgers, change: elsewhere }))
    expect(copied.accepted).toMatchObject(nothing)
    const declined = marks.map((mark): Mark => ({ ...mark, kind: 'declined' }))
    const emptied = ledgers.map((ledger) => ({ ...ledger, hunks: ledger.hunks.slice(1) }))
    const forged = await server.review(aReviewRequest([app()], { marks: declined, ledgers: emptied }))
    expect(forged.accepted).toMatchObject(nothing)
  })
})
