import type { Finding } from '@ai-review/protocol/finding'
import type { PersonaShare, ReviewRequestInput } from '@ai-review/protocol/review'
import type { Command } from '../../../src/action/command.ts'
import { refreshPersonas } from '../../../src/action/persona/refresh-personas.ts'
import { type ReviewRoles, reviewPullRequest } from '../../../src/action/review-pull-request.ts'
import { runCommand } from '../../../src/action/run-command.ts'
import type { ModelServer, Person } from '../../../src/roles.ts'
import { adaptersFor } from '../../src/github/adapters.ts'
import type { FileChanges } from '../github/git-repository.ts'
import { startGitHub } from '../github/start-github.ts'
import { type ConversationParts, memoryConversation } from '../memory-conversation.ts'
import { aDone } from '../review/builders.ts'
import { cardOfPersona } from './memory-persona-server.ts'
import { memoryPersonas, type PersonaParts } from './memory-personas.ts'

const listing = 'personas:\n  - login: maintainer\n    name: The Maintainer\n'
export const people = {
  maintainer: { id: 2, login: 'maintainer', isBot: false },
  contributor: { id: 3, login: 'contributor', isBot: false },
  outsider: { id: 4, login: 'outsider', isBot: false },
} as const satisfies Record<string, Person>

interface Wanted extends PersonaParts, ConversationParts {
  readonly policy?: string
  readonly base?: FileChanges
  readonly files?: FileChanges
  readonly state?: 'closed'
  readonly findings?: readonly Finding[]
  readonly share?: Partial<PersonaShare>
  readonly deadlineMs?: number
  /** The model reads nothing of the change. */
  readonly isUnread?: boolean
}

const text = 'const a = 1\n'

/** Stories about personas: GitHub by its stand-in, what is learnt and who learns it in memory. */
export async function personaScene(wanted: Wanted = {}) {
  const github = await startGitHub()
  const repository = await github.repository({
    files: { 'src/app.ts': text, '.github/ai-review.yml': wanted.policy ?? listing, ...wanted.base },
  })
  const pull = await repository.openPullRequest({
    title: 'Mend',
    files: wanted.files ?? { 'src/app.ts': `${text}const b = 2\nconst c = 3\n` },
  })
  if (wanted.state === 'closed') pull.close()
  const talk = memoryConversation({ roles: { 1: 'admin', 2: 'write', 3: 'write' }, ...wanted })
  const memory = memoryPersonas(wanted)
  const asked: ReviewRequestInput[] = []
  const log: string[] = []
  let clock = Date.now()
  const signal = new AbortController().signal
  const roles = {
    ...adaptersFor(github, repository),
    model: { review: (request) => Promise.resolve(answer(request)) } satisfies ModelServer,
    roleOf: talk.roleOf,
    conversation: talk,
    persona: () => Promise.resolve(memory.roles),
    log: { info: (line: string) => log.push(line), warning: (line: string) => log.push(line) },
    now: () => clock,
    signal,
  } satisfies ReviewRoles & Record<string, unknown>

  function answer(request: ReviewRequestInput) {
    asked.push(request)
    const { persona } = request
    const share: PersonaShare = {
      login: persona?.login ?? '',
      by: 'retrieval',
      adapter: null,
      arm: 'none',
      near: 1,
      card: cardOfPersona,
      ...wanted.share,
    }
    const coverage = request.files.map(({ path, hunks }) => ({
      path,
      hunks: hunks.length,
      reviewedHunks: wanted.isUnread === true ? 0 : hunks.length,
    }))
    const trusted = (request.marks ?? []).map(({ identity }) => identity)
    return {
      accepted: { id: 'r', queue: 0, effort: 'standard' as const, trusted },
      findings: [...(wanted.findings ?? [])],
      done: aDone({ coverage, ...(persona === undefined ? {} : { persona: share }) }),
    }
  }

  const order = () => ({
    number: pull.number,
    policyPath: '.github/ai-review.yml',
    deadlineMs: wanted.deadlineMs ?? 600_000,
    startedAt: clock,
    run: '42-1-abcdef',
    serverUrl: 'http://gpu-box:8787',
  })
  let comments = 60
  return {
    pull,
    talk,
    asked,
    log,
    ...memory,
    /** Lets the clock of the run go on. */
    pass: (ms: number) => {
      clock += ms
    },
    say: (command: Command, author: Person = people.contributor, at = '2026-05-01T00:00:00Z') => {
      comments += 1
      const trigger = {
        kind: 'command' as const,
        number: pull.number,
        commentId: comments,
        author,
        at,
        command,
      }
      return runCommand({ trigger, review: order(), mentionName: 'tech-lead-bot' }, roles)
    },
    review: () => reviewPullRequest(order(), roles),
    refresh: () => refreshPersonas(order(), roles),
    now: () => clock,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}
