import { createHash } from 'node:crypto'
import type {
  ColleagueComment,
  Consent,
  PastComment,
  SamplesChunk,
  Silence,
} from '@ai-review/protocol/persona'
import type { PersonaKey } from '../../../runner/model-server/src/personas/persona-key.ts'
import type { StoredVersion } from '../../../runner/model-server/src/personas/persona-store.ts'
import { aPastComment as pastComment, aSilence as silence } from '../../support/persona/past-comment.ts'

export const aKey: PersonaKey = { owner: 'acme', repository: 'shop', login: 'lead' }
export const aRepository = { id: 7, owner: 'acme', name: 'shop' }
export const aPerson = { id: 41, login: 'lead' }

const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** A day of 2026, counted from its first. */
export function day(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 86_400_000).toISOString()
}

export function aConsent(overrides: Partial<Consent> = {}): Consent {
  return { kind: 'comment', reference: '900', at: day(0), ...overrides }
}

/** One of a history of which each comment is a day later than the one before. */
export function aPastComment(overrides: Partial<PastComment> = {}): PastComment {
  const id = overrides.id ?? 1
  return pastComment({
    pullRequest: 10,
    at: day(id % 300),
    body: `Could this total be rounded once? (${id})`,
    ...overrides,
  })
}

export function aSilence(name: string): Silence {
  return silence({ id: hex(name).slice(0, 32) })
}

export function aColleagueComment(id: number): ColleagueComment {
  return { id, at: day(6), body: 'Looks fine to me, ship it.' }
}

/** Comments with the numbers `from` to `from + count - 1`. */
export function comments(from: number, count: number): PastComment[] {
  return Array.from({ length: count }, (_, index) => aPastComment({ id: from + index }))
}

export function aChunk(overrides: Partial<SamplesChunk> = {}): SamplesChunk {
  return {
    repository: aRepository,
    person: aPerson,
    session: 'one',
    cursor: 'after-1',
    done: false,
    comments: [],
    silences: [],
    colleagues: [],
    replies: [],
    ...overrides,
  }
}

export function aVersion(overrides: Partial<StoredVersion> = {}): StoredVersion {
  const hash = overrides.hash ?? hex('adapter')
  return {
    key: aKey,
    name: `a-${hash.slice(0, 12)}`,
    hash,
    baseModel: 'model-1',
    state: 'candidate',
    at: day(100),
    window: { from: day(0), to: day(90) },
    samples: { train: 70, validation: 15, test: 15, silences: 40 },
    gate: { isPassed: true, reasons: ['It is taken for the person more often.'], measures: [], cases: 30 },
    feedback: { good: 0, bad: 0 },
    ...overrides,
  }
}

/** The hash of an adapter by a name. */
export function hashOf(name: string): string {
  return hex(name)
}
