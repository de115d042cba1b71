import { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { startGitHub } from '../../support/github/start-github.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')

/** Two hunks: lines 1 to 6 (3 changed) and 37 to 40 (two lines deleted behind 40). */
async function aPullRequest() {
  const github = await startGitHub()
  const repository = await github.repository({ files: { 'a.txt': lines(42) } })
  const changed = lines(40).replace('line 3\n', 'line three\n')
  const pull = await repository.openPullRequest({
    files: { 'a.txt': changed, 'b.bin': new Uint8Array([0, 1]) },
  })
  const octokit = new Octokit({ baseUrl: github.url, auth: github.token(), log: silent })
  const at = { owner: 'acme', repo: repository.state.name, pull_number: pull.number }
  return { github, repository, pull, octokit, at, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

const accepted = {
  'an added line': { side: 'RIGHT', line: 3 },
  'a context line on the right': { side: 'RIGHT', line: 1 },
  'a deleted line': { side: 'LEFT', line: 3 },
  'a deleted line at the end': { side: 'LEFT', line: 42 },
  'several lines of one hunk': { side: 'RIGHT', start_line: 1, start_side: 'RIGHT', line: 6 },
  'from a deleted to an added line': { side: 'RIGHT', start_line: 3, start_side: 'LEFT', line: 3 },
}

describe.each(Object.entries(accepted))('a comment on %s', (_, anchor) => {
  test('is taken', async () => {
    await using scene = await aPullRequest()
    const comment = { path: 'a.txt', body: 'Hm.', ...anchor }
    const answer = await scene.octokit.rest.pulls.createReview({
      ...scene.at,
      event: 'COMMENT',
      comments: [comment],
    })
    expect(answer.status).toBe(200)
    expect(scene.pull.comments()).toMatchObject([{ path: 'a.txt', line: anchor.line, side: anchor.side }])
  })
})

const refused = {
  'a line between the hunks': [{ side: 'RIGHT', line: 20 }, 'Line could not be resolved'],
  'a line behind the file': [{ side: 'RIGHT', line: 41 }, 'Line could not be resolved'],
  'a context line on the left': [{ side: 'LEFT', line: 1 }, 'Line could not be resolved'],
  'a start that is the end': [
    { side: 'RIGHT', start_line: 3, line: 3 },
    'start line must precede the end line',
  ],
  'two hunks': [{ side: 'RIGHT', start_line: 3, line: 39 }, 'same hunk'],
  'another path': [{ path: 'c.txt', side: 'RIGHT', line: 1 }, 'Path could not be resolved'],
  'a binary file': [{ path: 'b.bin', side: 'RIGHT', line: 1 }, 'Line could not be resolved'],
} as const

describe.each(Object.entries(refused))('a comment on %s', (_, [anchor, text]) => {
  test('is refused in the words of GitHub, and with it the whole review', async () => {
    await using scene = await aPullRequest()
    const good = { path: 'a.txt', body: 'Good.', side: 'RIGHT', line: 3 }
    const comments = [good, { path: 'a.txt', body: 'Bad.', ...anchor }]
    const posting = scene.octokit.rest.pulls.createReview({ ...scene.at, event: 'COMMENT', comments })
    await expect(posting).rejects.toMatchObject({ status: 422, message: expect.stringContaining(text) })
    expect(scene.pull.comments()).toEqual([])
    expect(scene.pull.reviews()).toEqual([])
  })
})

test('a commit that is not of the pull request is refused', async () => {
  await using scene = await aPullRequest()
  const commit_id = scene.pull.mergeCommit ?? ''
  const posting = scene.octokit.rest.pulls.createReview({
    ...scene.at,
    event: 'COMMENT',
    body: 'Hm.',
    commit_id,
  })
  await expect(posting).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('not part of'),
  })
})

test('a review of an older commit is placed in the diff of that commit', async () => {
  await using scene = await aPullRequest()
  const commit_id = scene.pull.head
  await scene.repository.push(scene.pull, { 'a.txt': lines(42) })
  const comment = { path: 'a.txt', body: 'Hm.', side: 'RIGHT', line: 3 }
  await scene.octokit.rest.pulls.createReview({
    ...scene.at,
    event: 'COMMENT',
    commit_id,
    comments: [comment],
  })
  const { data } = await scene.octokit.rest.pulls.listReviewComments(scene.at)
  expect(data).toMatchObject([{ original_line: 3, original_commit_id: commit_id, line: null }])
})

test('lines move with what is inserted above them, and are outdated once they change', async () => {
  await using scene = await aPullRequest()
  const comment = { path: 'a.txt', body: 'Hm.', side: 'RIGHT', line: 3 }
  await scene.octokit.rest.pulls.createReview({ ...scene.at, event: 'COMMENT', comments: [comment] })
  const changed = lines(40).replace('line 3\n', 'line three\n')
  await scene.repository.push(scene.pull, { 'a.txt': `new\n${changed}` })
  const moved = await scene.octokit.rest.pulls.listReviewComments(scene.at)
  expect(moved.data).toMatchObject([{ line: 4, original_line: 3, commit_id: scene.pull.head }])
  await scene.repository.push(scene.pull, { 'a.txt': `new\n${lines(40)}` })
  const outdated = await scene.octokit.rest.pulls.listReviewComments(scene.at)
  expect(outdated.data).toMatchObject([{ line: null, original_line: 3 }])
})
