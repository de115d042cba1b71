import type { Ledger, Mark } from '@ai-review/protocol/seal'
import { describe, expect, test } from 'vitest'
import { formatLedger, formatMark } from '../../../../src/review/marker.ts'
import type { Fault } from '../../../support/github/faults.ts'
import type { StandInPullRequest } from '../../../support/github/stand-in-pull-request.ts'
import { type NewToken, startGitHub } from '../../../support/github/start-github.ts'
import { userOf } from '../../../support/github/state.ts'
import { adaptersFor } from '../adapters.ts'

const us = 'github-actions[bot]'

async function scene(wanted: NewToken = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ files: { 'a.ts': '' } })
  const pull = await repository.openPullRequest({ files: { 'a.ts': 'one\ntwo\nthree\n' } })
  const { source, publisher } = adaptersFor(github, repository, { token: github.token(wanted) })
  const pullRequest = await source.pullRequest(pull.number)
  const asked = (operation: string) => github.requests.filter((one) => one.operation === operation).length
  const reply = (thread: Thread, login: string, body: string) =>
    thread.comments.push({ ...commentOf(thread, login, body), user: userOf(github.world, login) })
  return {
    github,
    repository,
    pull,
    publisher,
    pullRequest,
    asked,
    reply,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

type Thread = ReturnType<StandInPullRequest['threads']>[number]

function commentOf(thread: Thread, _login: string, body: string) {
  const [first] = thread.comments
  if (first === undefined) throw new Error('a thread begins with a comment')
  const id = first.id * 1000 + thread.comments.length
  return { ...first, id, body, reactions: [], inReplyTo: first.id }
}

function mark(digit: string, overrides: Partial<Mark> = {}): Mark {
  return {
    kind: 'finding',
    head: 'b'.repeat(40),
    identity: digit.repeat(64),
    seal: digit.repeat(64),
    ...overrides,
  }
}

function ledger(digit: string): Ledger {
  return { head: 'b'.repeat(40), hunks: [digit.repeat(32)], seal: digit.repeat(64) }
}

function addThread(pull: StandInPullRequest, login: string, body: string): Promise<Thread> {
  return pull.addReviewComment(login, { path: 'a.ts', side: 'RIGHT', line: 2 }, body)
}

const identities = (marks: readonly Mark[]) => marks.map(({ identity }) => identity[0])

describe('threads', () => {
  test('of ours are told with what became of them; those without a mark are not', async () => {
    await using stage = await scene({ permissions: { contents: 'write', 'pull-requests': 'write' } })
    await addThread(stage.pull, 'maintainer', 'no mark here')
    const open = await addThread(stage.pull, us, formatMark(mark('1')))
    const resolved = await addThread(stage.pull, us, formatMark(mark('2')))
    resolved.resolvedBy = userOf(stage.github.world, us)
    const byPerson = await addThread(stage.pull, us, formatMark(mark('3')))
    byPerson.resolvedBy = userOf(stage.github.world, 'maintainer')
    const copied = await addThread(stage.pull, 'outsider', formatMark(mark('4')))
    const { threads, marks } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads).toMatchObject([
      {
        id: `PRRT_${open.id}`,
        commentId: open.comments[0]?.id,
        path: 'a.ts',
        line: 2,
        marks: [mark('1')],
        isOurs: true,
        isResolved: false,
        resolvedBy: null,
        hasHumanReply: false,
        canSettle: true,
      },
      { isResolved: true, resolvedBy: { isUs: true, id: 41_898_282 }, canSettle: true },
      { isResolved: true, resolvedBy: { isUs: false, login: 'maintainer', isBot: false } },
      { id: `PRRT_${copied.id}`, isOurs: false },
    ])
    // What others wrote is the first to go where there is too much.
    expect(identities(marks)).toEqual(['4', '1', '2', '3'])
    expect(stage.asked('graphql')).toBe(1)
    expect(stage.asked('pulls/list-review-comments')).toBe(0)
  })

  test('tell the thumbs on their first comment, of whoever gave them', async () => {
    await using stage = await scene()
    const thumbed = await addThread(stage.pull, us, formatMark(mark('1')))
    await addThread(stage.pull, us, formatMark(mark('2')))
    const people = ['maintainer', 'contributor'].map((login) => userOf(stage.github.world, login))
    const given = ['+1', '-1', '+1'].map((content, id) => ({
      id,
      content,
      user: people[id % 2] ?? people[0]!,
    }))
    thumbed.comments[0]?.reactions.push(...given)
    const { threads } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads.map(({ thumbs }) => thumbs)).toEqual([{ up: 2, down: 1 }, undefined])
  })

  test('cannot be settled with a token that may not write contents', async () => {
    await using stage = await scene()
    await addThread(stage.pull, us, formatMark(mark('1')))
    expect(await stage.publisher.earlier(stage.pullRequest)).toMatchObject({
      threads: [{ id: expect.any(String), isOurs: true, canSettle: false }],
    })
  })

  test('tell words of people from words of bots, and only our own replies carry marks', async () => {
    await using stage = await scene()
    const ours = await addThread(stage.pull, us, formatMark(mark('1')))
    stage.reply(ours, us, formatMark(mark('2', { kind: 'declined' })))
    stage.reply(ours, 'other[bot]', formatMark(mark('3', { kind: 'declined' })))
    const answered = await addThread(stage.pull, us, formatMark(mark('4')))
    stage.reply(answered, 'contributor', `I disagree ${formatMark(mark('5', { kind: 'declined' }))}`)
    const { threads, marks } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads.map(({ hasHumanReply }) => hasHumanReply)).toEqual([false, true])
    expect(identities(marks)).toEqual(['1', '2', '4'])
  })

  test('are read to the end where they are long, so that no word of a person is missed', async () => {
    await using stage = await scene()
    const quiet = await addThread(stage.pull, us, formatMark(mark('1')))
    for (let index = 0; index < 30; index++) stage.reply(quiet, us, `reply ${index}`)
    const late = await addThread(stage.pull, us, formatMark(mark('2')))
    for (let index = 0; index < 30; index++) {
      stage.reply(late, index === 25 ? 'contributor' : us, `reply ${index}`)
    }
    stage.reply(late, us, formatMark(mark('3', { kind: 'declined' })))
    const endless = await addThread(stage.pull, us, formatMark(mark('4')))
    for (let index = 0; index < 120; index++) stage.reply(endless, us, `reply ${index}`)
    const { threads, marks } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads.map(({ hasHumanReply }) => hasHumanReply)).toEqual([false, true, true])
    expect(identities(marks)).toEqual(['1', '2', '3', '4'])
    expect(stage.asked('graphql')).toBe(2)
  })

  test('long threads that are no business of ours cost no request', async () => {
    await using stage = await scene()
    const talk = await addThread(stage.pull, 'maintainer', 'Let us talk')
    for (let index = 0; index < 40; index++) stage.reply(talk, 'contributor', `reply ${index}`)
    expect((await stage.publisher.earlier(stage.pullRequest)).threads).toEqual([])
    expect(stage.asked('graphql')).toBe(1)
  })

  test('beyond the first hundred are read by further pages, oldest first', async () => {
    await using stage = await scene()
    const digits = Array.from({ length: 230 }, (_, index) => index.toString(16).padStart(2, '0'))
    for (const pair of digits) await addThread(stage.pull, us, formatMark(mark(pair.slice(1), sealed(pair))))
    const { threads, marks } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads.map((thread) => thread.marks[0]?.seal.slice(0, 2))).toEqual(digits)
    expect(marks.map(({ seal }) => seal.slice(0, 2))).toEqual(digits)
    expect(stage.asked('graphql')).toBe(3)
  }, 60_000)
})

function sealed(pair: string): Partial<Mark> {
  return { seal: pair.repeat(32) }
}

test('a pending review was said to nobody', async () => {
  await using stage = await scene()
  for (const [state, digit] of [
    ['PENDING', '1'],
    ['COMMENTED', '2'],
  ] as const) {
    stage.pull.state.reviews.push({
      id: stage.github.world.nextId(),
      user: userOf(stage.github.world, us),
      body: `${formatMark(mark(digit))} ${formatLedger(ledger(digit))}`,
      state,
      commit: stage.pull.head,
      submittedAt: null,
    })
  }
  const { marks, ledgers } = await stage.publisher.earlier(stage.pullRequest)
  expect(identities(marks)).toEqual(['2'])
  expect(ledgers).toEqual([ledger('2')])
})

describe('where GraphQL cannot be used', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['is not there', { status: 404 }],
    ['is forbidden', { status: 403, body: { message: 'Resource not accessible by integration' } }],
    ['breaks', { status: 502 }],
    ['is cut off', 'drop'],
    ['answers nothing', { status: 200, body: {} }],
    ['answers null', { status: 200, body: { data: { repository: { pullRequest: null } } } }],
    ['answers an error', { status: 200, body: { data: null, errors: [{ message: 'Not now' }] } }],
    ['answers a page', { status: 200, headers: { 'content-type': 'text/html' }, body: 'Welcome' }],
  ]
  test.each(faults)('because it %s, the comments are listed and nothing can be settled', async (_, fault) => {
    await using stage = await scene()
    const ours = await addThread(stage.pull, us, formatMark(mark('1')))
    stage.reply(ours, us, formatMark(mark('2', { kind: 'declined' })))
    stage.reply(ours, 'outsider', formatMark(mark('3', { kind: 'declined' })))
    await addThread(stage.pull, us, formatMark(mark('4')))
    stage.github.inject({ method: 'POST', path: /\/graphql$/, times: 9, fault })
    const { threads, marks } = await stage.publisher.earlier(stage.pullRequest)
    expect(threads).toMatchObject([
      {
        id: null,
        commentId: ours.comments[0]?.id,
        path: 'a.ts',
        line: 2,
        isOurs: false,
        isResolved: false,
        hasHumanReply: true,
        canSettle: false,
      },
      { id: null, hasHumanReply: false },
    ])
    expect(identities(marks)).toEqual(['1', '2', '4'])
  })

  test('a failure of REST as well is told', async () => {
    await using stage = await scene()
    const fault = { status: 403, body: { message: 'Resource not accessible by integration' } }
    stage.github.inject({ path: /\/(graphql|comments)$/, times: 2, fault })
    await expect(stage.publisher.earlier(stage.pullRequest)).rejects.toMatchObject({
      code: 'missing-permission',
      message: expect.stringContaining('"pull-requests: read"'),
    })
  })
})

describe('ledgers', () => {
  function addCheck({ github, repository, pull }: Awaited<ReturnType<typeof scene>>, digit: string) {
    repository.state.checkRuns.push({
      id: github.world.nextId(),
      appId: 15_368,
      headSha: pull.head,
      name: 'AI review',
      status: 'completed',
      conclusion: 'success',
      title: 'Reviewed',
      summary: 'Nothing found',
      text: `Some words ${formatLedger(ledger(digit))}`,
      startedAt: github.world.now(),
      completedAt: github.world.now(),
      externalId: 'run-0',
      detailsUrl: `${github.url}/runs/1`,
      annotations: [],
      actions: [],
    })
  }

  test('are found in our checks on the head, the head before and the heads of the newest marks', async () => {
    await using stage = await scene()
    addCheck(stage, '1')
    const first = stage.pull.head
    const second = await stage.pull.push({ 'a.ts': 'one\n' })
    addCheck(stage, '2')
    const third = await stage.pull.push({ 'a.ts': 'one\nthree\n' })
    addCheck(stage, '3')
    const fourth = await stage.pull.push({ 'a.ts': 'one\nfour\n' })
    await addThread(stage.pull, us, formatMark(mark('a', { head: first })))
    await addThread(stage.pull, us, formatMark(mark('b', { head: second })))
    const { ledgers } = await stage.publisher.earlier(
      { ...stage.pullRequest, head: { sha: fourth, ref: 'x' } },
      third,
    )
    // The likeliest comes last, as the last are kept where there are too many.
    expect(ledgers).toEqual([ledger('2'), ledger('3')])
    expect(stage.asked('checks/list-for-ref')).toBe(3)
  })

  test('survive that a run on the same head has just begun', async () => {
    await using stage = await scene()
    addCheck(stage, '1')
    await stage.publisher.startCheck(stage.pullRequest)
    expect((await stage.publisher.earlier(stage.pullRequest)).ledgers).toEqual([ledger('1')])
  })

  test.each([
    { status: 403 },
    { status: 404 },
    'drop',
    { status: 200, body: { check_runs: 'none' } },
  ] as const)('are none where the checks cannot be read: %j', async (fault) => {
    await using stage = await scene()
    addCheck(stage, '1')
    stage.github.inject({ method: 'GET', path: /\/check-runs$/, times: 9, fault })
    expect((await stage.publisher.earlier(stage.pullRequest)).ledgers).toEqual([])
  })
})
