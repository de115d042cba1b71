import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome, RunOutcome } from '../../../src/action/outcome.ts'
import { reportFailure } from '../../../src/action/report-failure.ts'
import { reportOutcome } from '../../../src/action/report-outcome.ts'
import { ReviewError } from '../../../src/errors.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { renderCheck } from '../../../src/review/render-check.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import { aSummary } from '../../support/review/builders.ts'

const temporary = await mkdtemp(join(tmpdir(), 'report-'))
afterAll(() => rm(temporary, { recursive: true }))

const outputFile = join(temporary, 'output')
const summaryFile = join(temporary, 'summary')
process.env.GITHUB_OUTPUT = outputFile
process.env.GITHUB_STEP_SUMMARY = summaryFile
let logged: string[] = []
const log = { info: (line: string) => logged.push(line), warning: (line: string) => logged.push(line) }
const reporting = { log, temporary, failOnError: false }

beforeEach(async () => {
  logged = []
  await writeFile(outputFile, '')
  await writeFile(summaryFile, '')
})

/** Outputs as the runner reads them from its file: `name<<delimiter`, value, delimiter. */
async function outputs(): Promise<Record<string, string>> {
  const text = await readFile(outputFile, 'utf8')
  return Object.fromEntries(
    [...text.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  )
}

function reviewed(
  overrides: Partial<ReviewSummary> = {},
  checkUrl: string | null = 'https://check',
): Outcome {
  const summary = aSummary(overrides)
  return { kind: 'reviewed', summary, check: renderCheck(summary), checkUrl }
}

const failure = new ReviewError('server-unreachable', 'The model server cannot be reached.', {
  hint: 'Start it.',
})

describe('a finished review', () => {
  test('leaves files, outputs, a job summary and the exit code 0', async () => {
    expect(await reportOutcome(reviewed({ reviewUrl: 'https://review' }), reporting)).toBe(0)
    const written = await outputs()
    expect(written).toMatchObject({
      outcome: 'reviewed',
      conclusion: 'success',
      'findings-total': '1',
      'findings-posted': '1',
      'review-url': 'https://review',
      'check-url': 'https://check',
    })
    expect(JSON.parse(await readFile(written['findings-json'] ?? '', 'utf8'))).toBeTypeOf('object')
    expect(JSON.parse(await readFile(written['findings-sarif'] ?? '', 'utf8'))).toMatchObject({
      version: '2.1.0',
    })
    expect(await readFile(summaryFile, 'utf8')).not.toBe('')
    expect(logged.join()).toContain('1 finding, 1 posted')
    expect(logged.join()).not.toContain('The sum is never used')
  })

  test('that failed passes the step, unless the workflow wants it to fail', async () => {
    const outcome = reviewed({ failure, answer: null, judged: [] })
    expect(await reportOutcome(outcome, reporting)).toBe(0)
    expect(await outputs()).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
    expect(logged.join()).toContain('The model server cannot be reached. Start it. (server-unreachable)')
    expect(await reportOutcome(outcome, { ...reporting, failOnError: true })).toBe(1)
  })

  test('under a broken policy says each problem once, and once that the defaults are in force', async () => {
    const before = logged.length
    const policy = parsePolicy('max-coments: 3\nfail-on: 7\n', '.github/ai-review.yml')
    await reportOutcome(reviewed({ policy }), reporting)
    const lines = logged.slice(before)
    expect(lines.filter((line) => line.includes('max-coments'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('line 2'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('defaults'))).toHaveLength(1)
    expect(lines.join('\n')).not.toContain('..')
  })

  test('whose policy asks for failure fails the step only where no check carries it', async () => {
    const { summary } = reviewed() as Extract<Outcome, { kind: 'reviewed' }>
    const strict = { ...summary.policy, policy: { ...summary.policy.policy, 'fail-on': 'high' as const } }
    expect(await reportOutcome(reviewed({ policy: strict }), reporting)).toBe(0)
    expect(await reportOutcome(reviewed({ policy: strict }, null), reporting)).toBe(1)
  })
})

test('a skipped pull request is told and sets every output', async () => {
  expect(await reportOutcome({ kind: 'skipped', reason: 'draft' }, reporting)).toBe(0)
  expect(await outputs()).toEqual({
    outcome: 'skipped',
    conclusion: 'skipped',
    'findings-total': '',
    'findings-posted': '',
    'findings-json': '',
    'findings-sarif': '',
    'review-url': '',
    'check-url': '',
  })
  expect(await readFile(summaryFile, 'utf8')).toContain('is a draft')
})

test.each<[RunOutcome, Record<string, string>, string]>([
  [
    { kind: 'answered', reason: 'declined' },
    { outcome: 'answered', conclusion: 'skipped' },
    'will not be raised again',
  ],
  [
    { kind: 'repeated', conclusion: 'failure' },
    { outcome: 'skipped', conclusion: 'failure' },
    'Nothing was reviewed twice',
  ],
])('what is no review of its own is told too: %j', async (outcome, expected, sentence) => {
  expect(await reportOutcome(outcome, reporting)).toBe(0)
  expect(await outputs()).toMatchObject({ ...expected, 'findings-total': '' })
  expect(await readFile(summaryFile, 'utf8')).toContain(sentence)
})

test('a review without a check points to the workflow that could make one', async () => {
  await reportOutcome(reviewed({}, null), reporting)
  expect(logged.filter((line) => line.includes('comment-command.yml'))).toHaveLength(1)
  logged = []
  await reportOutcome(reviewed(), reporting)
  expect(logged.join()).not.toContain('comment-command.yml')
})

describe('an error before the review', () => {
  test('of the workflow fails the step; any other does not', async () => {
    const misuse = new ReviewError('bad-input', 'The input x is wrong.', { hint: 'Mend it.' })
    expect(await reportFailure(misuse, reporting)).toBe(1)
    expect(await reportFailure(failure, reporting)).toBe(0)
    expect(await reportFailure(failure, { ...reporting, failOnError: true })).toBe(1)
  })

  test('that is a defect is told without its own text', async () => {
    expect(await reportFailure(new SyntaxError('canary'), reporting)).toBe(0)
    expect(logged.join()).toContain('(SyntaxError)')
    expect(logged.join() + (await readFile(summaryFile, 'utf8'))).not.toContain('canary')
  })
})
