import { describe, expect, test } from 'vitest'
import { formatMark, formatRunMark } from '../../../../src/review/marker.ts'
import type { LineComment, ReviewToPost } from '../../../../src/roles.ts'
import { type Fault, secondaryLimit } from '../../../support/github/faults.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { adaptersFor } from '../adapters.ts'

const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`)
const files = { 'src/app.ts': `${lines.join('\n')}\n` }
const runMark = formatRunMark('run-1')

async function scene(options: Parameters<typeof adaptersFor>[2] & { readOnly?: boolean } = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ files: { 'src/app.ts': '' } })
  const pull = await repository.openPullRequest({ files })
  const readOnly = { contents: 'read', 'pull-requests': 'read', checks: 'read' } as const
  const { source, publisher } = adaptersFor(github, repository, {
    ...options,
    ...(options.readOnly ? { token: github.token({ permissions: readOnly }) } : {}),
  })
  const pullRequest = await source.pullRequest(pull.number)
  return { github, pull, publisher, pullRequest, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

function comment(line: number, overrides: Partial<LineComment> = {}): LineComment {
  return { path: 'src/app.ts', side: 'RIGHT', line, body: `about line ${line}`, ...overrides }
}

function review(head: string, comments: readonly LineComment[]): ReviewToPost {
  return { head, body: `Summary\n\n${runMark}`, comments, runMark }
}

describe('posting a review', () => {
  test('puts every comment on its line, in one review', async () => {
    await using stage = await scene()
    const comments = [comment(3), comment(8, { startLine: 5 })]
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, comments))
    expect(posted.refused).toEqual([])
    expect(stage.pull.reviews()).toMatchObject([{ state: 'COMMENTED', commit: stage.pull.head }])
    expect(stage.pull.comments()).toMatchObject([
      { line: 3, startLine: null, body: 'about line 3' },
      { line: 8, startLine: 5, body: 'about line 8' },
    ])
  })

  test.each(['store-then-502', 'store-then-drop'] as const)('is not repeated after %s', async (fault) => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault })
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)]))
    expect(posted).toMatchObject({ refused: [], url: expect.stringContaining('#pullrequestreview-') })
    expect(stage.pull.reviews()).toHaveLength(1)
    expect(stage.pull.comments()).toHaveLength(1)
  })

  test('is not repeated where the listing lags behind what was stored', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: 'store-then-502' })
    stage.github.inject({ method: 'GET', path: /\/reviews$/, fault: { status: 200, body: [] } })
    await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)]))
    expect(stage.pull.reviews()).toHaveLength(1)
  })

  test('loses no comment to a refusal that does not last', async () => {
    await using stage = await scene()
    const body = { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] }
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: { status: 422, body } })
    const comments = [comment(3), comment(5), comment(9)]
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, comments))
    expect(posted.refused).toEqual([])
    expect(stage.pull.comments().map(({ line }) => line)).toEqual([3, 5, 9])
  })

  test.each(['drop', { status: 502 }] as const)(
    'is repeated after %j, where nothing was stored',
    async (fault) => {
      await using stage = await scene()
      stage.github.inject({ method: 'POST', path: /\/reviews$/, fault })
      await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)]))
      expect(stage.pull.reviews()).toHaveLength(1)
      expect(stage.pull.comments()).toHaveLength(1)
    },
  )

  test('gives back the comments that GitHub would not place, and posts the others', async () => {
    await using stage = await scene()
    const wrong = comment(4000)
    const comments = [comment(3), comment(5), wrong, comment(9)]
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, comments))
    expect(posted.refused).toEqual([wrong])
    expect(stage.pull.comments().map(({ line }) => line)).toEqual([3, 5, 9])
    expect(stage.pull.reviews()).toMatchObject([{ state: 'COMMENTED' }])
  }, 60_000)

  test('is found where GitHub refused and kept it all the same', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: 'store-then-422' })
    const comments = [comment(3), comment(5)]
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, comments))
    expect(posted.refused).toEqual([])
    expect(stage.pull.reviews()).toHaveLength(1)
    expect(stage.pull.comments()).toHaveLength(2)
  })

  test('stops where nobody can tell whether it landed', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: 'store-then-502' })
    stage.github.inject({ method: 'GET', path: /\/reviews$/, times: 9, fault: { status: 503 } })
    await expect(
      stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)])),
    ).rejects.toMatchObject({
      code: 'github-unavailable',
      message: expect.stringContaining('could not be asked whether it was done'),
    })
    expect(stage.pull.reviews()).toHaveLength(1)
  }, 20_000)

  test('takes the place of a pending review that a run of ours left behind', async () => {
    await using stage = await scene()
    const left = { ...review(stage.pull.head, []), body: `x ${formatRunMark('run-0')}` }
    await stage.publisher.postReview(stage.pullRequest, left)
    for (const one of stage.pull.state.reviews) one.state = 'PENDING'
    await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)]))
    expect(stage.pull.reviews()).toMatchObject([{ state: 'COMMENTED', body: `Summary\n\n${runMark}` }])
  })

  test('leaves the pending review of another alone and says what to do', async () => {
    await using stage = await scene()
    await stage.publisher.postReview(stage.pullRequest, {
      ...review(stage.pull.head, []),
      body: 'words of a person',
    })
    for (const one of stage.pull.state.reviews) one.state = 'PENDING'
    await expect(
      stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)])),
    ).rejects.toMatchObject({
      code: 'github-rejected',
      message: 'A pending review of the same account blocks what is to be said.',
      hint: expect.stringContaining('Submit or discard it'),
    })
    expect(stage.pull.reviews()).toMatchObject([{ state: 'PENDING', body: 'words of a person' }])
  })

  const refusing = (error: string): Fault => ({
    status: 422,
    body: { message: 'Unprocessable Entity', errors: [error], status: '422' },
  })

  test('is posted without its comments where GitHub refuses for a reason that nobody knows', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: refusing('Something new') })
    const comments = [comment(3), comment(5)]
    const posted = await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, comments))
    expect(posted.refused).toEqual(comments)
    expect(stage.pull.reviews()).toHaveLength(1)
  })

  test.each([
    ['The commitOID is not part of the pull request', 'head-moved'],
    ['lock prevents review', 'github-rejected'],
  ])('is not tried again after %j', async (text, code) => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: refusing(text) })
    await expect(
      stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)])),
    ).rejects.toMatchObject({ code })
    expect(stage.github.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('gives back a comment that is longer than GitHub takes', async () => {
    await using stage = await scene()
    const long = comment(4, { body: 'x'.repeat(65_537) })
    const posted = await stage.publisher.postReview(
      stage.pullRequest,
      review(stage.pull.head, [comment(3), long]),
    )
    expect(posted.refused).toEqual([long])
    expect(stage.pull.comments()).toHaveLength(1)
  })

  test('names the permission that a read-only token lacks', async () => {
    await using stage = await scene({ readOnly: true })
    await expect(
      stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)])),
    ).rejects.toMatchObject({
      code: 'missing-permission',
      message: 'The token lacks "pull-requests: write", needed for posting the review.',
    })
    expect(stage.pull.reviews()).toEqual([])
  })

  test('waits out a secondary limit that ends before the deadline', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/reviews$/, fault: secondaryLimit(3) })
    await stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)]))
    expect(stage.pull.reviews()).toHaveLength(1)
  })

  test('tells a secondary limit that outlasts the deadline', async () => {
    await using stage = await scene({ timeLeft: () => 10_000 })
    stage.github.inject({ method: 'POST', path: /\/reviews$/, times: 9, fault: secondaryLimit(60) })
    await expect(
      stage.publisher.postReview(stage.pullRequest, review(stage.pull.head, [comment(3)])),
    ).rejects.toMatchObject({ code: 'github-rate-limited', retryable: true })
    expect(stage.github.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

describe('the check', () => {
  const report = { conclusion: 'neutral', title: 'Title', summary: 'Summary', annotations: [] } as const

  test('is in progress at once and holds every annotation at the end', async () => {
    await using stage = await scene()
    const check = await stage.publisher.startCheck(stage.pullRequest)
    expect(stage.pull.checkRuns()).toMatchObject([{ status: 'in_progress', conclusion: null }])
    const annotations = Array.from({ length: 120 }, (_, index) => ({
      path: 'src/app.ts',
      startLine: index + 1,
      endLine: index + 1,
      level: 'warning' as const,
      title: `Finding ${index}`,
      message: 'text',
    }))
    await check.complete({ ...report, annotations })
    expect(stage.pull.checkRuns()).toMatchObject([
      { status: 'completed', conclusion: 'neutral', title: 'Title', summary: 'Summary' },
    ])
    expect(stage.pull.checkRuns()[0]?.annotations).toHaveLength(120)
  })

  test('is started once, also when the answer was lost', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/check-runs$/, fault: 'store-then-502' })
    const check = await stage.publisher.startCheck(stage.pullRequest)
    await check.complete(report)
    expect(stage.pull.checkRuns()).toMatchObject([{ status: 'completed' }])
  })

  test('is completed although GitHub breaks once', async () => {
    await using stage = await scene()
    const check = await stage.publisher.startCheck(stage.pullRequest)
    stage.github.inject({ method: 'PATCH', path: /\/check-runs\/\d+$/, fault: 'drop' })
    await check.complete(report)
    expect(stage.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
  })

  test('can still be completed when the run was cancelled', async () => {
    const controller = new AbortController()
    await using stage = await scene({ signal: controller.signal })
    const check = await stage.publisher.startCheck(stage.pullRequest)
    controller.abort()
    await check.complete(report)
    expect(stage.pull.checkRuns()).toMatchObject([{ status: 'completed' }])
    await expect(stage.publisher.currentHead(stage.pullRequest)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

test('earlier remarks are found in every page of comments and in review bodies', async () => {
  await using stage = await scene()
  const mark = (digit: string) => ({
    kind: 'finding' as const,
    head: stage.pull.head,
    identity: digit.repeat(64),
    seal: digit.repeat(64),
  })
  for (let index = 0; index < 100; index++) {
    await stage.pull.addReviewComment(
      'maintainer',
      { path: 'src/app.ts', side: 'RIGHT', line: 3 },
      'a person speaks',
    )
  }
  await stage.pull.addReviewComment(
    'bot',
    { path: 'src/app.ts', side: 'RIGHT', line: 4 },
    `x\n\n${formatMark(mark('a'))}`,
  )
  const said = { ...review(stage.pull.head, []), body: `Summary ${formatMark(mark('b'))}\n\n${runMark}` }
  await stage.publisher.postReview(stage.pullRequest, said)
  const { marks } = await stage.publisher.earlier(stage.pullRequest)
  expect(marks.map(({ identity }) => identity[0])).toEqual(['a', 'b'])
})

test('the head is the one of this moment', async () => {
  await using stage = await scene()
  expect(await stage.publisher.currentHead(stage.pullRequest)).toBe(stage.pull.head)
  const head = await stage.pull.push({ 'src/app.ts': 'other\n' })
  expect(await stage.publisher.currentHead(stage.pullRequest)).toBe(head)
})
