import { expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { settleThread } from '../../../../src/github/talk/settle-thread.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { nodeId, type Permissions } from '../../../support/github/state.ts'

const mayWrite: Permissions = { contents: 'write', 'pull-requests': 'write' }

async function scene(permissions: Permissions = mayWrite) {
  const github = await startGitHub()
  const repository = await github.repository({ files: { 'src/app.ts': '' } })
  const pull = await repository.openPullRequest({ files: { 'src/app.ts': 'one\n' } })
  const thread = await pull.addReviewComment(
    'bot',
    { path: 'src/app.ts', side: 'RIGHT', line: 1 },
    'a finding',
  )
  const octokit = createOctokit({
    apiUrl: github.url,
    token: github.token({ permissions }),
    signal: new AbortController().signal,
    timeLeft: () => 60_000,
    backoffUnitMs: 10,
    isPaced: false,
  })
  const settle = (to: 'resolved' | 'open', threadId = nodeId('PRRT', thread.id)) =>
    settleThread(octokit, { threadId, to, backoffUnitMs: 10 })
  return { github, thread, settle, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

test('a thread is resolved and opened again', async () => {
  await using stage = await scene()
  await stage.settle('resolved')
  expect(stage.thread.resolvedBy).not.toBeNull()
  await stage.settle('resolved')
  expect(stage.thread.resolvedBy).not.toBeNull()
  await stage.settle('open')
  expect(stage.thread.resolvedBy).toBeNull()
})

test.each(['store-then-502', 'store-then-drop', 'drop', { status: 502 }] as const)(
  'a thread is resolved although GitHub breaks once (%j)',
  async (fault) => {
    await using stage = await scene()
    stage.github.inject({ path: /graphql$/, fault })
    await stage.settle('resolved')
    expect(stage.thread.resolvedBy).not.toBeNull()
  },
)

test('without the right to write contents the error names that permission', async () => {
  await using stage = await scene({ contents: 'read', 'pull-requests': 'write' })
  await expect(stage.settle('resolved')).rejects.toMatchObject({
    code: 'missing-permission',
    message: 'The token lacks "contents: write", needed for resolving a thread.',
    hint: expect.stringContaining('contents: write'),
  })
  expect(stage.thread.resolvedBy).toBeNull()
})

test('a thread that is gone is not found', async () => {
  await using stage = await scene()
  await expect(stage.settle('resolved', 'PRRT_1')).rejects.toMatchObject({ code: 'github-not-found' })
})

test('another error in an answer of 200 is an error', async () => {
  await using stage = await scene()
  const body = { data: null, errors: [{ type: 'UNPROCESSABLE', message: 'no' }] }
  stage.github.inject({ path: /graphql$/, fault: { status: 200, body } })
  await expect(stage.settle('resolved')).rejects.toMatchObject({ code: 'github-rejected' })
})
