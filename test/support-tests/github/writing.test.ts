import { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { type Fault, secondaryLimit } from '../../support/github/faults.ts'
import { type NewToken, startGitHub } from '../../support/github/start-github.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

async function aScene(token: NewToken = {}) {
  const github = await startGitHub()
  const repository = await github.repository()
  const pull = await repository.openPullRequest({ files: { 'a.txt': 'one\ntwo\n' } })
  const octokitFor = (wanted: NewToken) =>
    new Octokit({ baseUrl: github.url, auth: github.token(wanted), log: silent })
  const repo = { owner: 'acme', repo: repository.state.name }
  const at = { ...repo, pull_number: pull.number }
  const octokit = octokitFor(token)
  return {
    github,
    repository,
    pull,
    octokit,
    octokitFor,
    repo,
    at,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

const comments = [{ path: 'a.txt', line: 1, side: 'RIGHT', body: 'Hm.' }]

test('a check takes 50 annotations at a time and adds later ones to them', async () => {
  await using scene = await aScene()
  const annotations = Array.from({ length: 50 }, (_, index) => ({
    path: 'a.txt',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'notice' as const,
    message: 'Hm.',
  }))
  const output = { title: 'Review', summary: 'Much.', annotations }
  const head_sha = scene.pull.head
  const { data } = await scene.octokit.rest.checks.create({
    ...scene.repo,
    name: 'review',
    head_sha,
    status: 'in_progress',
  })
  const update = { ...scene.repo, check_run_id: data.id, output }
  await scene.octokit.rest.checks.update(update)
  const completed = await scene.octokit.rest.checks.update({ ...update, conclusion: 'neutral' })
  expect(completed.data).toMatchObject({
    status: 'completed',
    conclusion: 'neutral',
    output: { annotations_count: 100 },
  })
  const listed = await scene.octokit.paginate(scene.octokit.rest.checks.listAnnotations, {
    ...scene.repo,
    check_run_id: data.id,
  })
  expect(listed).toHaveLength(100)
  const onHead = await scene.octokit.rest.checks.listForRef({
    ...scene.repo,
    ref: head_sha,
    check_name: 'review',
  })
  expect(onHead.data.total_count).toBe(1)
  const [first] = annotations
  const tooMany = scene.octokit.rest.checks.update({
    ...update,
    output: { ...output, annotations: first === undefined ? [] : [...annotations, first] },
  })
  await expect(tooMany).rejects.toMatchObject({ status: 422 })
  expect(scene.github.violations.splice(0)).toEqual([
    expect.stringContaining('must NOT have more than 50 items'),
  ])
})

test('a person cannot make checks, and one app cannot change those of another', async () => {
  await using scene = await aScene()
  const wanted = { ...scene.repo, name: 'review', head_sha: scene.pull.head }
  const person = scene.octokitFor({ kind: 'personal', permissions: { checks: 'write' } })
  await expect(person.rest.checks.create(wanted)).rejects.toThrow('You must authenticate via a GitHub App.')
  const { data } = await scene.octokit.rest.checks.create(wanted)
  const other = scene.octokitFor({ kind: 'app', permissions: { checks: 'write' } })
  const change = other.rest.checks.update({ ...scene.repo, check_run_id: data.id, conclusion: 'success' })
  await expect(change).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('Invalid app_id'),
  })
})

test('a read-only token may read and gets 403 for every write', async () => {
  await using scene = await aScene({
    permissions: { contents: 'read', 'pull-requests': 'read', checks: 'read' },
  })
  const { octokit, at, repo, pull } = scene
  const text = 'Resource not accessible by integration'
  await expect(octokit.rest.pulls.createReview({ ...at, event: 'COMMENT', comments })).rejects.toThrow(text)
  await expect(
    octokit.rest.issues.createComment({ ...repo, issue_number: pull.number, body: 'Hm.' }),
  ).rejects.toThrow(text)
  await expect(octokit.rest.checks.create({ ...repo, name: 'review', head_sha: pull.head })).rejects.toThrow(
    text,
  )
  const read = await octokit.rest.pulls.get(at)
  expect(read.status).toBe(200)
  await expect(octokit.rest.users.getAuthenticated()).rejects.toThrow(text)
})

test('one pending review for each user, seen by its author alone', async () => {
  await using scene = await aScene()
  const { octokit, at } = scene
  const { data } = await octokit.rest.pulls.createReview({ ...at, comments })
  expect(data.state).toBe('PENDING')
  expect(scene.pull.comments()).toEqual([])
  const again = octokit.rest.pulls.createReview({ ...at, event: 'COMMENT', body: 'Hm.' })
  await expect(again).rejects.toThrow('one pending review')
  const person = scene.octokitFor({ kind: 'personal', permissions: { 'pull-requests': 'read' } })
  expect((await person.rest.pulls.listReviews(at)).data).toEqual([])
  expect((await octokit.rest.pulls.listReviews(at)).data).toHaveLength(1)
  await octokit.rest.pulls.deletePendingReview({ ...at, review_id: data.id })
  await octokit.rest.pulls.createReview({ ...at, event: 'COMMENT', comments })
  expect(scene.pull.comments()).toHaveLength(1)
})

test('nobody approves with the token of a workflow', async () => {
  await using scene = await aScene()
  const approving = scene.octokit.rest.pulls.createReview({ ...scene.at, event: 'APPROVE' })
  await expect(approving).rejects.toThrow('GitHub Actions is not permitted to approve pull requests.')
})

test('bodies over 65,536 characters are refused', async () => {
  await using scene = await aScene()
  const body = 'x'.repeat(65_537)
  const posting = scene.octokit.rest.pulls.createReview({ ...scene.at, event: 'COMMENT', body })
  await expect(posting).rejects.toThrow('maximum is 65536 characters')
  const fitting = await scene.octokit.rest.pulls.createReview({
    ...scene.at,
    event: 'COMMENT',
    body: body.slice(1),
  })
  expect(fitting.status).toBe(200)
})

test('comments, replies and reactions stay', async () => {
  await using scene = await aScene()
  const { octokit, at, repo } = scene
  await octokit.rest.pulls.createReview({ ...at, event: 'COMMENT', comments })
  const [first] = scene.pull.comments()
  const comment_id = first?.id ?? 0
  await octokit.rest.pulls.createReplyForReviewComment({ ...at, comment_id, body: 'Because.' })
  await octokit.rest.reactions.createForPullRequestReviewComment({ ...repo, comment_id, content: '+1' })
  const listed = await octokit.rest.pulls.listReviewComments(at)
  expect(listed.data).toMatchObject([
    { body: 'Hm.', line: 1, reactions: { '+1': 1, total_count: 1 } },
    { body: 'Because.', in_reply_to_id: comment_id },
  ])
  const ofRepository = await octokit.rest.pulls.listReviewCommentsForRepo({
    ...repo,
    sort: 'created',
    direction: 'desc',
  })
  expect(ofRepository.data.map(({ body }) => body)).toEqual(['Because.', 'Hm.'])
  const said = await octokit.rest.issues.createComment({
    ...repo,
    issue_number: scene.pull.number,
    body: 'Hello.',
  })
  await octokit.rest.issues.updateComment({ ...repo, comment_id: said.data.id, body: 'Hello again.' })
  expect(scene.pull.conversation()).toMatchObject([{ body: 'Hello again.' }])
})

const faults: readonly (readonly [string, Fault, number])[] = [
  ['a status', { status: 500 }, 0],
  ['stored, then 502', 'store-then-502', 1],
  ['dropped', 'drop', 0],
  ['stored, then dropped', 'store-then-drop', 1],
  ['the secondary limit', secondaryLimit(1), 0],
]

describe.each(faults)('the fault: %s', (_, fault, stored) => {
  test('strikes once, and leaves behind what it says', async () => {
    await using scene = await aScene()
    scene.github.inject({ method: 'POST', path: /\/reviews$/, fault })
    const post = () => scene.octokit.rest.pulls.createReview({ ...scene.at, event: 'COMMENT', comments })
    await expect(post()).rejects.toBeDefined()
    expect(scene.pull.reviews()).toHaveLength(stored)
    await post()
    expect(scene.pull.reviews()).toHaveLength(stored + 1)
  })
})

test('a request that GitHub does not describe fails the test that made it', async () => {
  const scene = await aScene()
  const wrong = { path: 'a.txt', line: 1, side: 'RIGHT', body: 'Hm.', subject_type: 'line' }
  await scene.octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...scene.at,
    event: 'COMMENT',
    comments: [wrong],
  })
  expect(() => scene.github.assertNoViolations()).toThrow('body/comments/0/subject_type is not described')
  await expect(scene[Symbol.asyncDispose]()).rejects.toThrow('subject_type')
})

test('the hourly limit is counted and enforced', async () => {
  await using scene = await aScene({ remaining: 2 })
  const first = await scene.octokit.rest.pulls.get(scene.at)
  expect(first.headers['x-ratelimit-remaining']).toBe('1')
  await scene.octokit.rest.pulls.get(scene.at)
  await expect(scene.octokit.rest.pulls.get(scene.at)).rejects.toThrow('API rate limit exceeded')
})

test('the diff is refused beyond 300 files; the listing has pages and an end', async () => {
  await using scene = await aScene()
  const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f${index}.txt`, 'x\n']))
  const pull = await scene.repository.openPullRequest({ files })
  const at = { ...scene.repo, pull_number: pull.number }
  const diff = scene.octokit.rest.pulls.get({ ...at, mediaType: { format: 'diff' } })
  await expect(diff).rejects.toMatchObject({
    status: 406,
    message: expect.stringContaining('maximum number of files'),
  })
  const listed = await scene.octokit.paginate(scene.octokit.rest.pulls.listFiles, { ...at, per_page: 100 })
  expect(listed).toHaveLength(301)
})
