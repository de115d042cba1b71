import { beforeEach, expect, test } from 'vitest'
import type { StandInPullRequest } from '../../support/github/stand-in-pull-request.ts'
import type { StandInRepository } from '../../support/github/stand-in-repository.ts'
import { startGitHub } from '../../support/github/start-github.ts'

const text = (change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 20 }, (_, index) => `${change[index + 1] ?? `line ${index + 1}`}\n`).join('')

const mine = text({ 3: 'three' })

async function open(): Promise<{ repository: StandInRepository; pull: StandInPullRequest }> {
  const repository = await github.repository({ files: { 'a.txt': text() } })
  const pull = await repository.openPullRequest({ files: { 'a.txt': mine } })
  return { repository, pull }
}

let github: Awaited<ReturnType<typeof startGitHub>>
beforeEach(async () => {
  github = await startGitHub()
  return () => github[Symbol.asyncDispose]()
})

const show = (repository: StandInRepository, sha: string, path: string): Promise<string> =>
  repository.state.git.text('show', `${sha}:${path}`)

test('a rebase keeps every commit and takes in the base', async () => {
  const { repository, pull } = await open()
  const before = await pull.push({ 'b.txt': 'b\n' })
  await repository.commit({ 'a.txt': text({ 18: 'eighteen' }) })
  await pull.rebase()
  const main = await repository.headOfMain()
  expect(pull.base).toBe(main)
  expect(await repository.state.git.text('rev-list', '--count', `${main}..${pull.head}`)).toBe('2')
  expect(await show(repository, pull.head, 'a.txt')).toBe(text({ 3: 'three', 18: 'eighteen' }).trim())
  expect(await pull.event('synchronize')).toMatchObject({ before, after: pull.head })
})

test('a merge of the base, a squash, a revert and a dropped commit leave the files that git would leave', async () => {
  const { repository, pull } = await open()
  await repository.commit({ 'a.txt': text({ 18: 'eighteen' }) })
  await pull.mergeBase()
  await pull.push({ 'b.txt': 'b\n' })
  const { head } = pull
  await pull.squash()
  const { git } = repository.state
  expect(await git.text('rev-parse', `${pull.head}^{tree}`)).toBe(
    await git.text('rev-parse', `${head}^{tree}`),
  )
  expect(await git.text('rev-list', '--count', `main..${pull.head}`)).toBe('1')
  await pull.push({ 'b.txt': 'c\n' })
  await pull.revert()
  expect(await show(repository, pull.head, 'b.txt')).toBe('b')
  await pull.dropCommits(2)
  expect(await git.text('rev-list', '--count', `main..${pull.head}`)).toBe('1')
})

test('a thread goes outdated with its line, and comes back with it', async () => {
  const { pull } = await open()
  const thread = await pull.addReviewComment('maintainer', { path: 'a.txt', side: 'RIGHT', line: 3 }, 'Why?')
  pull.replyTo(thread, 'contributor', 'Because.')
  await pull.push({ 'a.txt': text({ 1: 'new\nline 1', 3: 'three' }) })
  expect(await pull.linesOf(thread)).toMatchObject({ line: 4, outdated: false })
  await pull.push({ 'a.txt': text({ 3: 'other' }) })
  expect(await pull.linesOf(thread)).toMatchObject({ line: null, outdated: true })
  pull.resolve(thread, 'contributor')
  expect(pull.comments()).toMatchObject([
    { login: 'maintainer', isResolved: true, isReply: false },
    { login: 'contributor', isResolved: true, isReply: true },
  ])
})

test('payloads of a reply, of a merge queue and of another base are what GitHub describes', async () => {
  const { repository, pull } = await open()
  const thread = await pull.addReviewComment('maintainer', { path: 'a.txt', side: 'RIGHT', line: 3 }, 'Why?')
  const reply = pull.replyTo(thread, 'contributor', 'Because.')
  expect(await pull.reviewCommentEvent(reply)).toMatchObject({
    action: 'created',
    comment: { in_reply_to_id: thread.comments[0]?.id, body: 'Because.' },
    sender: { login: 'contributor' },
  })
  expect(pull.mergeGroupEvent()).toMatchObject({
    merge_group: { head_sha: pull.mergeCommit, base_ref: 'refs/heads/main' },
  })
  await repository.commit({ 'r.txt': 'r\n' }, { branch: 'release' })
  await pull.retarget('release')
  expect(await pull.event('edited')).toMatchObject({
    changes: { base: { ref: { from: 'main' } } },
    pull_request: { base: { ref: 'release' } },
  })
})
