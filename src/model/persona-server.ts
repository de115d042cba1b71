import { FeedbackResult } from '@ai-review/protocol/feedback'
import { Forgotten, PersonaStatus, TrainingStatus } from '@ai-review/protocol/persona'
import type { z } from 'zod'
import { ReviewError } from '../errors.ts'
import type { NamedPersona, PersonaName, PersonaServer } from '../roles.ts'
import { askForJson } from './ask-for-json.ts'
import { exchange, type ModelServerClientOptions } from './connection.ts'
import { isPassing, waitBefore } from './try-again.ts'
import { watchTraining } from './watch-training.ts'
import { withinDeadline } from './within-deadline.ts'

interface PersonaServerOptions extends ModelServerClientOptions {
  /** Ends whatever is under way. */
  readonly signal: AbortSignal
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Milliseconds in which the answer is worth waiting for, tries included. */
  readonly patienceMs?: number
}

const longestMs = 60_000
/** Feedback keeps nobody waiting. */
const feedbackMs = 5000

/**
 * The keeper of personas over HTTP. Everything that it is told can be told again and changes nothing then, so what may
 * pass is tried again. Methods throw a ReviewError: those of a review, and `no-consent`.
 */
export function createPersonaServer(options: PersonaServerOptions): PersonaServer {
  const ask = <Shape extends z.ZodType>(request: Request, schema: Shape) =>
    askUntilAnswered(options, request, schema)
  return {
    status: async (persona) => ask({ method: 'GET', path: pathOf(persona, queryOf(persona)) }, PersonaStatus),
    agree: async (persona, consent) =>
      ask(
        { method: 'PUT', path: pathOf(persona, '/consent'), body: { ...about(persona), consent } },
        PersonaStatus,
      ),
    upload: async (persona, chunk) =>
      ask(
        { method: 'PUT', path: pathOf(persona, '/samples'), body: { ...about(persona), ...chunk } },
        PersonaStatus,
      ),
    train: async (persona, wanted) =>
      ask(
        { method: 'POST', path: pathOf(persona, '/training'), body: { ...about(persona), ...wanted } },
        TrainingStatus,
      ),
    watchTraining: async (persona, watching) =>
      watchTraining(options, pathOf(persona, '/training'), {
        ...watching,
        signal: AbortSignal.any([options.signal, watching.signal]),
      }),
    forget: async (persona) => ask({ method: 'DELETE', path: pathOf(persona, queryOf(persona)) }, Forgotten),
    async feedback(request) {
      const sending = { method: 'POST', path: '/v1/feedback', body: request, patienceMs: feedbackMs } as const
      await ask(sending, FeedbackResult)
    },
  }
}

function pathOf({ repository, person }: NamedPersona, rest = ''): string {
  const names = [repository.owner, repository.name, person.login].map(segmentOf)
  return `/v1/personas/${names.join('/')}${rest}`
}

/** A request without a body names repository and account by number behind its path, where they are known. */
function queryOf({ repository, person, at }: NamedPersona & { readonly at?: string }): string {
  const told = Object.entries({ repository: repository.id, person: person.id, at })
  const query = told.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return query.length === 0 ? '' : `?${query.join('&')}`
}

/** A path of dots would lead elsewhere, encoded or not; nothing on a host is named so. */
function segmentOf(name: string): string {
  if (!/^\.{0,2}$/.test(name)) return encodeURIComponent(name)
  throw new ReviewError('bad-event', 'The repository or the account has a name that no host gives.', {
    hint: 'Run the Action in a job of GitHub Actions: the runner names the repository.',
  })
}

function about({ repository, person }: PersonaName) {
  const { id, owner, name } = repository
  return { repository: { id, owner, name }, person: { id: person.id, login: person.login } }
}

async function askUntilAnswered<Shape extends z.ZodType>(
  { signal: stop, timeLeft, ...server }: PersonaServerOptions,
  { patienceMs = longestMs, ...request }: Request,
  schema: Shape,
): Promise<z.output<Shape>> {
  const deadlineMs = Math.max(1000, Math.min(patienceMs, timeLeft()))
  const hint = 'Run the command again: what was done so far is kept by the server.'
  return withinDeadline({ deadlineMs, signal: stop, hint }, async (signal) => {
    const until = Date.now() + deadlineMs
    for (let fruitless = 1; ; fruitless += 1) {
      try {
        return await exchange(server, () => askForJson(server, { ...request, signal }, schema))
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error
        await waitBefore({ error, fruitless, until, signal })
      }
    }
  })
}
