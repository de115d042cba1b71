import { describe, expect, test } from 'vitest'
import { readTrigger } from '../../../src/action/event.ts'

const headSha = 'a'.repeat(40)
const before = 'b'.repeat(40)
const mentionName = 'tech-lead-bot'
const read = (name: string, payload: unknown, pullRequest?: number) =>
  readTrigger({ name, payload, mentionName, ...(pullRequest === undefined ? {} : { pullRequest }) })

const contributor = { id: 11, login: 'contributor', type: 'User' }
const bot = { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' }

describe('a pull request event', () => {
  const payload = (action: string, more: object = {}) => ({
    action,
    pull_request: {
      number: 7,
      head: { sha: headSha, ref: 'x', repo: { id: 5 } },
      base: { repo: { id: 5 } },
    },
    repository: { private: true },
    sender: contributor,
    ...more,
  })
  const own = { kind: 'pull-request', number: 7, headSha, isFork: false, repositoryIsPublic: false }

  test.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])(
    '%s is reviewed at its head',
    async (action) => {
      expect(await read('pull_request', payload(action))).toEqual(own)
    },
  )

  test('a push tells the head before it', async () => {
    expect(await read('pull_request', payload('synchronize', { before }))).toEqual({
      ...own,
      previousHead: before,
    })
    expect(await read('pull_request', payload('synchronize', { before: '--upload-pack=x' }))).toEqual(own)
    expect(await read('pull_request', payload('opened', { before }))).toEqual(own)
  })

  test('a new base makes a new change, a new title does not', async () => {
    const ofBase = payload('edited', { changes: { base: { ref: { from: 'main' } } } })
    expect(await read('pull_request', ofBase)).toEqual(own)
    const ofTitle = payload('edited', { changes: { title: { from: 'x' } } })
    expect(await read('pull_request', ofTitle)).toEqual({ kind: 'ignored', reason: 'other-action' })
  })

  test.each(['closed', 'labeled', 'edited', 'assigned'])('%s is ignored', async (action) => {
    expect(await read('pull_request', payload(action))).toEqual({ kind: 'ignored', reason: 'other-action' })
  })

  test.each([
    ['another repository', { id: 6 }],
    ['a repository that is gone', null],
  ])('from %s comes from a fork', async (_, repo) => {
    const base = payload('opened').pull_request
    const pull_request = { ...base, head: { ...base.head, repo } }
    const event = payload('opened', { pull_request, repository: { private: false } })
    expect(await read('pull_request', event)).toMatchObject({ isFork: true, repositoryIsPublic: true })
  })

  test('a payload that does not tell counts as a fork of a public repository', async () => {
    const event = { action: 'opened', pull_request: { number: 7, head: { sha: headSha } } }
    expect(await read('pull_request', event)).toMatchObject({ isFork: true, repositoryIsPublic: true })
  })

  test.each([
    null,
    [],
    {},
    { action: 'opened' },
    { action: 'opened', pull_request: { number: 0, head: { sha: headSha } } },
    { action: 'opened', pull_request: { number: 7, head: { sha: '--upload-pack=x' } } },
  ])('with the payload %j is told as no pull request', async (event) => {
    await expect(read('pull_request', event)).rejects.toThrow(/holds no pull request/)
  })
})

describe('a comment in the conversation', () => {
  const comment = (body: unknown, more: object = {}) => ({
    action: 'created',
    issue: { number: 7, pull_request: { url: 'x' } },
    comment: { id: 99, body, user: contributor },
    sender: contributor,
    ...more,
  })

  test('with a command tells who gave it', async () => {
    expect(await read('issue_comment', comment('@tech-lead-bot --full'))).toEqual({
      kind: 'command',
      number: 7,
      commentId: 99,
      author: { id: 11, login: 'contributor', isBot: false },
      command: { kind: 'review', full: true },
    })
  })

  test('tells when it was said, where the host tells it as it does', async () => {
    const told = (created_at: unknown) =>
      read(
        'issue_comment',
        comment('', {
          comment: { id: 99, body: '@tech-lead-bot --opt-in', user: contributor, created_at },
        }),
      )
    expect(await told('2026-05-01T00:00:00Z')).toMatchObject({ at: '2026-05-01T00:00:00Z' })
    for (const odd of ['yesterday', '2026-05-01T00:00:00+02:00', 7]) {
      expect(await told(odd)).not.toHaveProperty('at')
    }
  })

  test.each([
    ['other-action', { action: 'edited' }],
    ['other-action', { action: 'deleted' }],
    ['not-a-pull-request', { issue: { number: 7 } }],
    ['bot', { sender: bot }],
    ['bot', { comment: { id: 99, body: '@tech-lead-bot', user: bot } }],
    ['bot', { comment: { id: 99, body: '@tech-lead-bot', user: null } }],
    ['bot', { comment: { id: 99, body: '@tech-lead-bot', user: { ...contributor, type: 'Mannequin' } } }],
    ['bot', { comment: { id: 99, body: '@tech-lead-bot', user: { ...contributor, login: 'other[bot]' } } }],
    ['bot', { comment: { id: 99, body: '@tech-lead-bot\n<!-- ai-review:run 1 -->', user: contributor } }],
    ['no-command', { comment: { id: 99, body: 'Looks good.', user: contributor } }],
  ])('is ignored (%s) where it is %j', async (reason, more) => {
    const event = comment('@tech-lead-bot', more)
    expect(await read('issue_comment', event)).toEqual({ kind: 'ignored', reason })
  })

  test.each([
    [null],
    [{ id: -1, body: 'x', user: contributor }],
    [{ id: 2 ** 53, body: 'x', user: contributor }],
    [{ id: 1, body: {}, user: contributor }],
  ])('with the comment %j is refused', async (broken) => {
    await expect(read('issue_comment', comment('x', { comment: broken }))).rejects.toMatchObject({
      code: 'bad-event',
    })
  })
})

describe('a comment on the diff', () => {
  const reply = (more: object = {}, user: object = contributor) => ({
    action: 'created',
    pull_request: { number: 7, user: { id: 11 } },
    comment: { id: 99, body: 'Why?', user, in_reply_to_id: 90, ...more },
    sender: user,
  })

  test('that replies to another tells who said what', async () => {
    const author = { id: 11, login: 'contributor', isBot: false }
    const words = { mentionsUs: false, isDeclining: false }
    const said = { kind: 'reply', number: 7, commentId: 99, author, body: 'Why?', ...words }
    expect(await read('pull_request_review_comment', reply())).toEqual({ ...said, isOpener: true })
    const maintainer = { id: 12, login: 'maintainer', type: 'User' }
    expect(await read('pull_request_review_comment', reply({}, maintainer))).toMatchObject({
      isOpener: false,
    })
  })

  test.each([
    ['not-a-reply', reply({ in_reply_to_id: undefined })],
    ['not-a-reply', reply({ in_reply_to_id: 'x' })],
    ['bot', reply({}, bot)],
    ['bot', reply({ body: 'x <!-- ai-review:run 1 -->' })],
    ['other-action', { ...reply(), action: 'edited' }],
  ])('is ignored (%s) otherwise', async (reason, event) => {
    expect(await read('pull_request_review_comment', event)).toEqual({ kind: 'ignored', reason })
  })
})

describe('a merge group', () => {
  const group = (head_ref: unknown, action = 'checks_requested') => ({
    action,
    merge_group: { head_sha: headSha, head_ref },
  })

  test.each([
    [`refs/heads/gh-readonly-queue/main/pr-12-${before}`, 12],
    [`refs/heads/gh-readonly-queue/release/pr-1/pr-12-${before}`, 12],
    ['refs/heads/other', null],
    [`refs/heads/gh-readonly-queue/main/pr-99999999999-${before}`, null],
    [undefined, null],
  ])('with the branch %j ends with pull request %j', async (ref, number) => {
    expect(await read('merge_group', group(ref))).toEqual({ kind: 'merge-group', headSha, number })
  })

  test('that is gone asks for nothing', async () => {
    const event = group('x', 'destroyed')
    expect(await read('merge_group', event)).toEqual({ kind: 'ignored', reason: 'other-action' })
  })

  test('without a head is refused', async () => {
    await expect(read('merge_group', { action: 'checks_requested' })).rejects.toThrow(/no merge group/)
  })
})

describe('a run by hand', () => {
  test('takes the number of the input', async () => {
    const trigger = await read('workflow_dispatch', { inputs: null }, 12)
    expect(trigger).toEqual({ kind: 'dispatch', number: 12 })
  })

  test('takes the number that was typed into the form where the workflow does not pass it on', async () => {
    const learning = { inputs: { 'pull-request': '12', learn: 'true' } }
    expect(await read('workflow_dispatch', learning)).toEqual({ kind: 'dispatch', number: 12, learns: true })
    const trigger = await read('workflow_dispatch', { inputs: { 'pull-request': '12', learn: 'false' } })
    expect(trigger).toEqual({ kind: 'dispatch', number: 12 })
  })

  test.each([{}, { inputs: null }, { inputs: {} }, { inputs: { 'pull-request': '-1' } }])(
    'without a number (%j) says which input is missing',
    async (payload) => {
      await expect(read('workflow_dispatch', payload)).rejects.toThrow(/input pull-request is missing/)
    },
  )
})

test.each(['push', 'schedule', 'pull_request_target'])('the event %s is refused', async (name) => {
  await expect(read(name, {}, 3)).rejects.toMatchObject({
    code: 'bad-event',
    hint: expect.stringContaining('pull_request'),
  })
})
