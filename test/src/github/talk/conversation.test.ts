import { describe, expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { createConversation } from '../../../../src/github/talk/conversation.ts'
import { formatRunMark, holdsRunMark } from '../../../../src/review/marker.ts'
import { type NewToken, startGitHub } from '../../../support/github/start-github.ts'
import type { Permissions } from '../../../support/github/state.ts'

const files = { 'src/app.ts': 'one\ntwo\nthree\n' }
const once = formatRunMark('reply-7')
const body = `An answer.\n\n${once}`
const readOnly: Permissions = { contents: 'read', 'pull-requests': 'read', checks: 'read' }

async function scene(wanted: { token?: NewToken } = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ name: 'shop', files: { 'src/app.ts': '' } })
  const pull = await repository.openPullRequest({ files })
  const octokit = createOctokit({
    apiUrl: github.url,
    token: github.token(wanted.token),
    signal: new AbortController().signal,
    timeLeft: () => 60_000,
    backoffUnitMs: 10,
    isPaced: false,
  })
  const conversation = createConversation({
    holdsRunMark,
    octokit,
    repository: { owner: 'acme', name: 'shop' },
    backoffUnitMs: 10,
  })
  const threadOf = (login: string, text: string) =>
    pull.addReviewComment(login, { path: 'src/app.ts', side: 'RIGHT', line: 2 }, text)
  const writes = () => github.requests.filter(({ method, path }) => method === 'POST' && path !== '/graphql')
  return {
    github,
    repository,
    pull,
    conversation,
    threadOf,
    writes,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

describe('saying something in the conversation', () => {
  test('is done once, however often it is asked for', async () => {
    await using stage = await scene()
    await stage.conversation.say(stage.pull.number, { body, once })
    await stage.conversation.say(stage.pull.number, { body, once })
    expect(stage.pull.conversation().map((comment) => comment.body)).toEqual([body])
  })

  test.each(['store-then-502', 'store-then-drop', 'drop', { status: 500 }] as const)(
    'leaves one remark after %j',
    async (fault) => {
      await using stage = await scene()
      stage.github.inject({ method: 'POST', path: /\/comments$/, fault })
      await stage.conversation.say(stage.pull.number, { body, once })
      expect(stage.pull.conversation().map((comment) => comment.body)).toEqual([body])
    },
    20_000,
  )

  test('finds its remark on the last of many pages', async () => {
    await using stage = await scene()
    for (let index = 0; index < 230; index++) stage.pull.comment('maintainer', `remark ${index}`)
    await stage.conversation.say(stage.pull.number, { body, once })
    stage.github.requests.length = 0
    await stage.conversation.say(stage.pull.number, { body, once })
    const asked = stage.github.requests.filter(({ operation }) => operation === 'issues/list-comments')
    expect(asked.map(({ query }) => new URLSearchParams(query).get('page'))).toEqual(['1', '3'])
    expect(stage.pull.conversation()).toHaveLength(231)
  })

  test('is not kept quiet by a copy of its mark in the comment of another', async () => {
    await using stage = await scene()
    stage.pull.comment('outsider', `I copied ${once}`)
    await stage.conversation.say(stage.pull.number, { body, once })
    expect(stage.pull.conversation().map(({ user }) => user.login)).toEqual([
      'outsider',
      'github-actions[bot]',
    ])
  })

  test('stops, and says that nobody knows, where it cannot look after an unclear answer', async () => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/comments$/, fault: 'store-then-502' })
    stage.github.inject({ method: 'GET', path: /\/comments$/, skip: 1, times: 9, fault: { status: 503 } })
    await expect(stage.conversation.say(stage.pull.number, { body, once })).rejects.toMatchObject({
      code: 'github-unavailable',
      message: expect.stringContaining('could not be asked whether it was done'),
    })
    expect(stage.writes()).toHaveLength(1)
  }, 20_000)

  test('refuses what GitHub would not take, before it asks', async () => {
    await using stage = await scene()
    const long = { body: 'x'.repeat(65_537), once }
    await expect(stage.conversation.say(stage.pull.number, long)).rejects.toMatchObject({ code: 'internal' })
    expect(stage.github.requests).toEqual([])
  })

  test('names the permission that is missing', async () => {
    await using stage = await scene({ token: { permissions: readOnly } })
    await expect(stage.conversation.say(stage.pull.number, { body, once })).rejects.toMatchObject({
      code: 'missing-permission',
      message: 'The token lacks "pull-requests: write", needed for answering in the conversation.',
    })
  })
})

describe('answering in a thread', () => {
  test.each(['store-then-502', 'store-then-drop', 'drop'] as const)(
    'leaves one answer after %j',
    async (fault) => {
      await using stage = await scene()
      const thread = await stage.threadOf('github-actions[bot]', 'a finding')
      const root = thread.comments[0]?.id ?? 0
      stage.github.inject({ method: 'POST', path: /\/replies$/, fault })
      await stage.conversation.replyInThread(stage.pull.number, { root, body, once })
      await stage.conversation.replyInThread(stage.pull.number, { root, body, once })
      expect(thread.comments.map((comment) => comment.body)).toEqual(['a finding', body])
    },
  )

  async function withPending(text: string) {
    const stage = await scene()
    const { comments } = await stage.threadOf('contributor', 'one')
    const [review] = stage.pull.state.reviews
    const user = stage.github.world.users.get('github-actions[bot]')
    if (review === undefined || user === undefined) throw new Error('the scene has no review')
    stage.pull.state.reviews.push({ ...review, id: review.id + 1000, user, body: text, state: 'PENDING' })
    return { stage, comments, reply: { root: comments[0]?.id ?? 0, body, once } }
  }

  test('clears the pending review that a run of ours left behind', async () => {
    const { stage, comments, reply } = await withPending(formatRunMark('run-0'))
    await using _ = stage
    await stage.conversation.replyInThread(stage.pull.number, reply)
    expect(comments).toHaveLength(2)
    expect(stage.pull.reviews().filter(({ state }) => state === 'PENDING')).toEqual([])
  })

  test('leaves the pending review of another alone and says what to do', async () => {
    const { stage, comments, reply } = await withPending('words of a person')
    await using _ = stage
    await expect(stage.conversation.replyInThread(stage.pull.number, reply)).rejects.toMatchObject({
      code: 'github-rejected',
      hint: expect.stringContaining('Submit or discard it'),
    })
    expect(comments).toHaveLength(1)
    expect(stage.pull.reviews().filter(({ state }) => state === 'PENDING')).toHaveLength(1)
  })

  test('is not taken for said where it was said in another thread', async () => {
    await using stage = await scene()
    const threads = [await stage.threadOf('contributor', 'one'), await stage.threadOf('contributor', 'two')]
    for (const { comments } of threads) {
      await stage.conversation.replyInThread(stage.pull.number, { root: comments[0]?.id ?? 0, body, once })
    }
    expect(threads.map(({ comments }) => comments.length)).toEqual([2, 2])
  })
})

describe('a thread', () => {
  test('is found by any of its comments, with all that was said', async () => {
    await using stage = await scene()
    await stage.threadOf('contributor', 'another thread')
    const thread = await stage.threadOf('github-actions[bot]', 'a finding')
    const root = thread.comments[0]?.id ?? 0
    await stage.conversation.replyInThread(stage.pull.number, { root, body, once })
    const reply = thread.comments[1]?.id ?? 0
    expect(await stage.conversation.thread(stage.pull.number, reply)).toMatchObject({
      id: expect.any(String),
      path: 'src/app.ts',
      hunk: expect.stringContaining('+two'),
      isResolved: false,
      comments: [
        { id: root, body: 'a finding', author: { id: 41_898_282, isBot: true, isUs: true } },
        { id: reply, body },
      ],
    })
  })

  test("of another's is not ours", async () => {
    await using stage = await scene()
    const { comments } = await stage.threadOf('contributor', 'a question')
    const found = await stage.conversation.thread(stage.pull.number, comments[0]?.id ?? 0)
    expect(found?.comments[0].author).toMatchObject({ login: 'contributor', isBot: false, isUs: false })
  })

  test('is null where there is none', async () => {
    await using stage = await scene()
    expect(await stage.conversation.thread(stage.pull.number, 12)).toBeNull()
  })

  test.each([403, 404, 502])(
    'is read without GraphQL where that answers %j',
    async (status) => {
      await using stage = await scene()
      const thread = await stage.threadOf('github-actions[bot]', 'a finding')
      const root = thread.comments[0]?.id ?? 0
      await stage.conversation.replyInThread(stage.pull.number, { root, body, once })
      stage.github.inject({ path: /graphql$/, times: 9, fault: { status } })
      expect(await stage.conversation.thread(stage.pull.number, root)).toMatchObject({
        id: null,
        path: 'src/app.ts',
        hunk: expect.stringContaining('+two'),
        comments: [{ id: root, author: { isUs: true } }, { body }],
      })
    },
    20_000,
  )
})

describe('a reaction', () => {
  test.each(['store-then-502', 'drop'] as const)(
    'stands once after %j, and when it is asked for again',
    async (fault) => {
      await using stage = await scene()
      const comment = stage.pull.comment('maintainer', 'please')
      stage.github.inject({ method: 'POST', path: /\/reactions$/, fault })
      await stage.conversation.react({ kind: 'issue', id: comment.id }, 'eyes')
      await stage.conversation.react({ kind: 'issue', id: comment.id }, 'eyes')
      expect(comment.reactions).toMatchObject([{ content: 'eyes' }])
    },
  )

  test('is added to a comment of a thread', async () => {
    await using stage = await scene()
    const { comments } = await stage.threadOf('contributor', 'why?')
    await stage.conversation.react({ kind: 'review', id: comments[0]?.id ?? 0 }, '+1')
    expect(comments[0]?.reactions).toMatchObject([{ content: '+1' }])
  })
})

describe('the role of a person', () => {
  const person = (id: number | null, login: string) => ({ id, login, isBot: false })

  test.each(['none', 'read', 'write', 'admin'] as const)('is %s', async (role) => {
    await using stage = await scene()
    stage.repository.setRole('maintainer', role)
    const id = stage.github.world.users.get('maintainer')?.id ?? 0
    expect(await stage.conversation.roleOf(person(id, 'maintainer'))).toBe(role)
  })

  test('is none for another account under the login', async () => {
    await using stage = await scene()
    stage.repository.setRole('maintainer', 'admin')
    expect(await stage.conversation.roleOf(person(1, 'maintainer'))).toBe('none')
    expect(await stage.conversation.roleOf(person(null, 'maintainer'))).toBe('none')
  })

  test('is none for a stranger', async () => {
    await using stage = await scene()
    expect(await stage.conversation.roleOf(person(5, 'outsider'))).toBe('none')
  })

  test.each(['../../user', 'a/b', 'a b', '', '%2e%2e'])(
    'is none for what is no login (%j), unasked',
    async (login) => {
      await using stage = await scene()
      expect(await stage.conversation.roleOf(person(5, login))).toBe('none')
      expect(stage.github.requests).toEqual([])
    },
  )

  const answer = (permission: string, role_name?: string) => ({
    permission,
    ...(role_name === undefined ? {} : { role_name }),
    user: { id: 5, login: 'contributor' },
  })
  test.each([
    [answer('write', 'maintain'), 'maintain'],
    [answer('read', 'triage'), 'triage'],
    [answer('write', 'release-team'), 'write'],
    [answer('read', 'admin'), 'read'],
    [answer('write'), 'write'],
    [answer('owner', 'owner'), 'none'],
    [{ ...answer('admin'), user: null }, 'none'],
  ])('reads %j as %j', async (told, role) => {
    await using stage = await scene()
    stage.github.inject({ path: /\/permission$/, fault: { status: 200, body: told } })
    expect(await stage.conversation.roleOf(person(5, 'contributor'))).toBe(role)
  })
})
