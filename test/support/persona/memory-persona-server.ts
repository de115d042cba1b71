import {
  type Consent,
  fewestComments,
  type PersonaStatus,
  type TrainingStatus,
} from '@ai-review/protocol/persona'
import { ReviewError } from '../../../src/errors.ts'
import type { PersonaServer } from '../../../src/roles.ts'

export interface ServerParts {
  readonly trains?: boolean
  readonly hasModel?: boolean
  /** Hunks left alone that it has been told of and still has: as many as comments unless told. */
  readonly silences?: number
  /** States that a training goes through, the last of which it keeps. */
  readonly trainingStates?: readonly TrainingStatus['state'][]
}

interface Session {
  readonly session: string
  cursor: string
  readonly comments: Set<number>
}

interface Kept {
  consent: Consent | null
  comments: ReadonlySet<number>
  session: Session | null
  versions: PersonaStatus['versions']
  training: TrainingStatus | null
}

export const cardOfPersona = `/cards/${'c'.repeat(32)}`
const forgottenAt = '2026-06-01T00:00:00Z'
const open: ReadonlySet<string> = new Set([
  'queued',
  'preparing',
  'training',
  'evaluating',
  'probing',
  'gating',
])

/** A keeper of one persona in memory; what it is told goes to `calls`. */
export function memoryPersonaServer(parts: ServerParts, calls: string[]): PersonaServer {
  const nothing: Kept = { consent: null, comments: new Set(), session: null, versions: [], training: null }
  let kept = { ...nothing }
  let withdrawnAt: string | null = null
  const told = (name: Parameters<PersonaServer['status']>[0]) =>
    statusOf(name, kept, { isWithdrawn: withdrawnAt !== null, ...parts })
  const reach = (state: TrainingStatus['state']): TrainingStatus => {
    const name = `a-${'0'.repeat(11)}${kept.versions.length + 1}`
    const isDone = state === 'done'
    if (isDone) kept.versions = [aVersion(name, kept.versions.length === 0), ...kept.versions]
    kept.training = trainingIn(state, isDone ? name : null)
    return kept.training
  }
  return {
    async status(persona) {
      calls.push('status')
      return told(persona)
    },
    async agree(persona, consent) {
      calls.push('agree')
      if (withdrawnAt !== null && consent.at <= withdrawnAt) throw withdrawn()
      withdrawnAt = null
      kept.consent = consent
      return told(persona)
    },
    async upload(persona, { session, cursor, done, comments = [] }) {
      calls.push('upload')
      const known = kept.session?.session === session ? kept.session.comments : []
      const all = new Set([...known, ...comments.map(({ id }) => id)])
      kept.session = done ? null : { session, cursor, comments: all }
      if (done) kept.comments = all
      return told(persona)
    },
    async train(_, { force }) {
      calls.push(force ? 'train by force' : 'train')
      return reach('queued')
    },
    async watchTraining(_, { onStatus, signal }) {
      calls.push('watch')
      for (const state of parts.trainingStates ?? ['training', 'done']) onStatus(reach(state))
      if (open.has(kept.training?.state ?? '')) await aborted(signal)
      return kept.training
    },
    async forget({ at = forgottenAt }) {
      calls.push('forget')
      const gone = { comments: kept.comments.size, versions: kept.versions.length, cancelled: false }
      kept = { ...nothing }
      withdrawnAt = at
      return gone
    },
    async feedback({ outcomes }) {
      calls.push(...outcomes.map(({ kind }) => `feedback: ${kind}`))
    },
  }
}

function withdrawn(): ReviewError {
  return new ReviewError('no-consent', 'The consent is older than a withdrawal.', { hint: 'Agree again.' })
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function statusOf(
  { repository, person }: Parameters<PersonaServer['status']>[0],
  { consent, comments, session, versions, training }: Kept,
  { isWithdrawn, trains = false, hasModel = true, silences }: ServerParts & { readonly isWithdrawn: boolean },
): PersonaStatus {
  const serving = comments.size > 0 ? comments : (session?.comments ?? comments)
  const without = isWithdrawn ? 'withdrawn' : 'none'
  const withConsent = serving.size >= fewestComments ? 'ready' : 'collecting'
  return {
    owner: repository.owner,
    repository: repository.name,
    login: person.login,
    state: consent === null ? without : withConsent,
    consent,
    comments: serving.size,
    silences: silences ?? serving.size,
    window: null,
    readAt: serving.size > 0 ? '2026-02-01T00:00:00Z' : null,
    collection: session && { ...session, comments: session.comments.size },
    style: null,
    training,
    versions,
    trains,
    hasModel,
    card: consent && cardOfPersona,
  }
}

function trainingIn(state: TrainingStatus['state'], version: string | null): TrainingStatus {
  return { id: 't1', state, position: 0, step: 1, steps: 10, secondsLeft: 60, message: '', version }
}

function aVersion(name: string, isFirst: boolean): PersonaStatus['versions'][number] {
  return {
    name,
    hash: '0'.repeat(64),
    baseModel: 'tiny',
    state: isFirst ? 'live' : 'canary',
    at: '2026-02-01T00:00:00Z',
    window: { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    samples: { train: 80, validation: 10, test: 10, silences: 20 },
    gate: null,
    feedback: { good: 0, bad: 0 },
  }
}
