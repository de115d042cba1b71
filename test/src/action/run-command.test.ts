import { expect, test } from 'vitest'
import type { Command } from '../../../src/action/command.ts'
import { type CommandRoles, runCommand } from '../../../src/action/run-command.ts'
import { ReviewError } from '../../../src/errors.ts'
import type { PullRequest } from '../../../src/roles.ts'
import { liveParts } from '../../support/e2e/live-parts.ts'
import { type ConversationParts, memoryConversation } from '../../support/memory-conversation.ts'
import { aPullRequest } from '../../support/review/a-pull-request.ts'

const pullRequest = aPullRequest({ state: 'closed' })
const unavailable = new ReviewError('github-unavailable', 'GitHub answered 502.', { hint: 'Run it again.' })

interface Wanted extends ConversationParts {
  readonly command?: Command
  readonly read?: () => Promise<PullRequest>
  readonly roleError?: Error
  readonly policy?: string
}

/** The story of a command by account 2 on a closed pull request: whatever reads more than it should, fails. */
function story(wanted: Wanted = {}) {
  const memory = memoryConversation({ roles: { 2: 'write' }, ...wanted })
  const { roleError } = wanted
  const conversation =
    roleError === undefined ? memory : { ...memory, roleOf: () => Promise.reject(roleError) }
  const log: string[] = []
  const unexpected = () => Promise.reject(new Error('not to be asked'))
  const roles: CommandRoles = {
    conversation,
    roleOf: conversation.roleOf,
    source: {
      pullRequest: wanted.read ?? (() => Promise.resolve(pullRequest)),
      diff: unexpected,
      tree: () => Promise.resolve({ entries: [], truncated: false }),
      blobTexts: unexpected,
      fileText: () => Promise.resolve(wanted.policy ?? null),
    },
    publisher: {
      earlier: unexpected,
      currentHead: unexpected,
      startCheck: unexpected,
      postReview: unexpected,
      settleThread: unexpected,
    },
    model: { review: unexpected },
    persona: unexpected,
    log: { info: (line) => log.push(line), warning: (line) => log.push(line) },
    now: () => 0,
    signal: new AbortController().signal,
  }
  const run = () =>
    runCommand(
      {
        trigger: {
          kind: 'command',
          number: 7,
          commentId: 60,
          author: { id: 2, login: 'maintainer', isBot: false },
          command: wanted.command ?? { kind: 'review', full: false },
        },
        review: {
          number: 7,
          policyPath: '.github/ai-review.yml',
          deadlineMs: 600_000,
          startedAt: 0,
          run: '42-1-abcdef',
        },
        mentionName: 'tech-lead-bot',
      },
      roles,
    )
  return { run, memory, log }
}

test('a command on a closed pull request is answered, and the review does not begin', async () => {
  const { run, memory } = story()
  expect(await run()).toEqual({ kind: 'skipped', reason: 'closed' })
  expect(memory.said).toEqual([expect.stringContaining('is closed')])
  expect(memory.reactions).toEqual(['issue 60: eyes', 'issue 60: confused'])
})

test('a command and its review stand on one reading of the pull request', async () => {
  let reads = 0
  const read = () => {
    reads += 1
    return Promise.resolve(pullRequest)
  }
  await story({ read }).run()
  expect(reads).toBe(1)
})

test('a reaction that fails changes nothing but the log', async () => {
  const { run, memory, log } = story({ command: { kind: 'help' }, reactionError: unavailable })
  expect(await run()).toEqual({ kind: 'answered', reason: 'help' })
  expect(memory.said).toHaveLength(1)
  expect(log).toEqual(['GitHub answered 502. Run it again.', 'GitHub answered 502. Run it again.'])
})

test('a pull request that cannot be read: the person is told, and so is the caller', async () => {
  const { run, memory } = story({ read: () => Promise.reject(unavailable) })
  await expect(run()).rejects.toBe(unavailable)
  expect(memory.said).toEqual([expect.stringMatching(/answered 502.*`github-unavailable`/)])
  expect(memory.reactions).toEqual(['issue 60: confused'])
})

test('where nobody can say what a person may, the command is not obeyed', async () => {
  const { run, memory } = story({ command: { kind: 'help' }, roleError: unavailable })
  await expect(run()).rejects.toBe(unavailable)
  expect(memory.said).toEqual([expect.not.stringContaining('These are the commands')])
})

test('a defect is told without its own text', async () => {
  const { run, memory } = story({ read: () => Promise.reject(new TypeError('canary')) })
  await expect(run()).rejects.toThrow('canary')
  expect(memory.said).toEqual([expect.stringContaining('`internal`')])
  expect(memory.said.join()).not.toContain('canary')
})

test.each([
  ['admin', 'not-permitted'],
  ['write', 'help'],
  ['read', 'help'],
] as const)('with commands for %s and above, one with write: %s', async (allow, reason) => {
  const { run } = story({ command: { kind: 'help' }, policy: `commands:\n  allow: ${allow}\n` })
  expect(await run()).toEqual({ kind: 'answered', reason })
})

test('a refusal names the role and acts on nobody', async () => {
  const { run, memory } = story({ roles: {} })
  expect(await run()).toEqual({ kind: 'answered', reason: 'not-permitted' })
  expect(memory.said).toEqual([expect.stringContaining('`write` or above')])
  expect(liveParts(memory.said.join())).toEqual([])
  expect(memory.reactions).toEqual(['issue 60: confused'])
})
