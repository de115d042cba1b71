import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPullRequest } from '../../src/github/client/github-objects.ts'
import { createOctokit } from '../../src/github/client/octokit.ts'
import { createGitHubPublisher } from '../../src/github/post/github-publisher.ts'
import { createConversation } from '../../src/github/talk/conversation.ts'
import { formatRunMark, holdsRunMark, parseLedgers, parseMarks } from '../../src/review/marker.ts'
import type { CheckReport, LineComment } from '../../src/roles.ts'
import { type Fault, type Injection, secondaryLimit } from '../support/github/faults.ts'
import type { StandInPullRequest } from '../support/github/stand-in-pull-request.ts'
import type { StandInRepository } from '../support/github/stand-in-repository.ts'
import { type StandInGithub, startGitHub } from '../support/github/start-github.ts'
import { nodeId } from '../support/github/state.ts'

/** `npm run campaign:faults` places 200; `FAULT_SEED` repeats a run. */
const placements = Number(process.env.FAULT_PLACEMENTS ?? 20)
const seed = process.env.FAULT_SEED === undefined ? {} : { seed: Number(process.env.FAULT_SEED) }

const writes = {
  'begin the check': { method: 'POST', path: /\/check-runs$/ },
  'post the review': { method: 'POST', path: /\/reviews$/ },
  'resolve a thread': { method: 'POST', path: /\/graphql$/, body: /resolveReviewThread/ },
  'reply in a thread': { method: 'POST', path: /\/replies$/ },
  'say something': { method: 'POST', path: /\/issues\/\d+\/comments$/ },
  react: { method: 'POST', path: /\/reactions$/ },
  'complete the check': { method: 'PATCH', path: /\/check-runs\/\d+$/ },
} satisfies Readonly<Record<string, Omit<Injection, 'fault'>>>

const faults: Readonly<Record<string, Fault>> = {
  'store-then-502': 'store-then-502',
  'store-then-drop': 'store-then-drop',
  drop: 'drop',
  500: { status: 500 },
  '403 secondary': secondaryLimit(1),
  429: secondaryLimit(1, 429),
  '422 abuse': {
    status: 422,
    body: { message: 'Validation Failed', errors: [{ resource: 'Review', field: 'body', code: 'abuse' }] },
  },
}

const placement = fc.record({
  write: fc.constantFrom(...(Object.keys(writes) as (keyof typeof writes)[])),
  fault: fc.constantFrom(...Object.keys(faults)),
  skip: fc.integer({ min: 0, max: 2 }),
})

let github: StandInGithub
let repository: StandInRepository
let token: string
const lines = Array.from({ length: 70 }, (_, index) => `line ${index}\n`).join('')
beforeAll(async () => {
  github = await startGitHub()
  repository = await github.repository({ name: 'shop', files: { 'src/app.ts': '' } })
  const permissions = { contents: 'write', 'pull-requests': 'write', checks: 'write' } as const
  token = github.token({ permissions, remaining: 1_000_000 })
})
afterAll(() => github[Symbol.asyncDispose]())

const comments: readonly LineComment[] = [3, 9, 27].map((line) => ({
  path: 'src/app.ts',
  side: 'RIGHT',
  line,
  body: `finding on line ${line}`,
}))
const report: CheckReport = {
  conclusion: 'neutral',
  title: 'Three findings',
  summary: 'Summary',
  annotations: Array.from({ length: 60 }, (_, index) => ({
    path: 'src/app.ts',
    startLine: index + 1,
    endLine: index + 1,
    level: 'warning',
    title: `Finding ${index}`,
    message: 'text',
  })),
}

/** Every write that a run can make, as a run makes them, through adapters that wait a thousandth of the time. */
async function runOn(pull: StandInPullRequest): Promise<void> {
  const home = { owner: 'acme', name: 'shop' }
  const run = `${pull.number}-1-aa`
  const octokit = createOctokit({
    apiUrl: github.url,
    token,
    signal: new AbortController().signal,
    timeLeft: () => 900_000,
    backoffUnitMs: 1,
    isPaced: false,
  })
  const publisher = createGitHubPublisher({
    octokit,
    check: { name: 'ai-review', externalId: run, backoffUnitMs: 1 },
    parseMarks,
    parseLedgers,
    holdsRunMark,
    backoffUnitMs: 1,
  })
  const conversation = createConversation({ octokit, repository: home, holdsRunMark, backoffUnitMs: 1 })
  const { data } = await octokit.rest.pulls.get({ owner: 'acme', repo: 'shop', pull_number: pull.number })
  const pullRequest = readPullRequest(data)
  const [asked] = pull.conversation()
  const [earlier] = pull.threads()
  const root = earlier?.comments[0]?.id ?? 0
  const runMark = formatRunMark(run)
  await conversation.react({ kind: 'issue', id: asked?.id ?? 0 }, 'eyes')
  const check = await publisher.startCheck(pullRequest)
  const review = { head: pull.head, body: `Summary\n\n${runMark}`, comments, runMark }
  expect((await publisher.postReview(pullRequest, review)).refused).toEqual([])
  await conversation.replyInThread(pull.number, { root, body: `A reply ${runMark}`, once: runMark })
  await publisher.settleThread(nodeId('PRRT', earlier?.id ?? 0), 'resolved')
  await conversation.say(pull.number, { body: `Done ${runMark}`, once: runMark })
  await conversation.react({ kind: 'issue', id: asked?.id ?? 0 }, '+1')
  await check.complete(report)
}

/** What stands on the pull request after a run. */
function standing(pull: StandInPullRequest) {
  const [earlier, ...threads] = pull.threads()
  const [check, ...otherChecks] = pull.checkRuns()
  const runMark = formatRunMark(`${pull.number}-1-aa`)
  return {
    comments: threads.map((thread) => thread.comments.map(({ body }) => body)),
    reviews: pull.reviews().flatMap(({ body, state }) => (body.includes(runMark) ? state : [])),
    pending: pull.reviews().filter(({ state }) => state === 'PENDING').length,
    earlierThread: earlier?.comments.map(({ body }) => body.replace(runMark, '')),
    isResolved: earlier?.resolvedBy !== null,
    conversation: pull.conversation().map(({ body }) => body.replace(runMark, '')),
    reactions: pull.conversation()[0]?.reactions.map(({ content }) => content),
    check: [check?.status, check?.conclusion, check?.summary],
    annotations: check?.annotations.map(({ title }) => title),
    otherChecks,
  }
}

const oneOfEach: ReturnType<typeof standing> = {
  comments: comments.map(({ body }) => [body]),
  reviews: ['COMMENTED'],
  pending: 0,
  earlierThread: ['an earlier finding', 'A reply '],
  isResolved: true,
  conversation: ['please', 'Done '],
  reactions: ['eyes', '+1'],
  check: ['completed', 'neutral', 'Summary'],
  annotations: report.annotations.map(({ title }) => title),
  otherChecks: [],
}

test(
  'wherever GitHub breaks, each write stands there once and none is lost',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(placement, { minLength: 1, maxLength: 2 }), async (placed) => {
        const pull = await repository.openPullRequest({ files: { 'src/app.ts': lines } })
        await pull.addReviewComment(
          'github-actions[bot]',
          { path: 'src/app.ts', side: 'RIGHT', line: 1 },
          'an earlier finding',
        )
        pull.comment('maintainer', 'please')
        github.calm()
        for (const { write, fault, skip } of placed) {
          github.inject({ ...writes[write], skip, fault: faults[fault] ?? 'drop' })
        }
        await runOn(pull)
        expect(standing(pull)).toEqual(oneOfEach)
      }),
      { numRuns: placements, ...seed },
    )
  },
  60_000 + placements * 5000,
)
