import type { PersonaStatus } from '@ai-review/protocol/persona'
import { type ErrorCode, ReviewError } from '../../errors.ts'
import { renderCollecting } from '../../review/render-persona.ts'
import type { HistoryPiece, PersonaName } from '../../roles.ts'
import { unlessStopped } from '../unless-stopped.ts'
import type { PersonaRoles } from './persona-roles.ts'
import type { ProgressTeller } from './progress-teller.ts'

interface Collecting {
  readonly persona: PersonaName
  readonly called: { readonly login: string; readonly name?: string | undefined }
  /** As the server told it last. */
  readonly status: PersonaStatus
  /** Begin anew, whatever was begun. */
  readonly afresh: boolean
  /** Name of a session that this run would begin. */
  readonly session: string
  /** Reading of `now` at which the collection is left, to be taken up by a later run. */
  readonly until: number
}

interface Roles extends Pick<PersonaRoles, 'personas' | 'history'> {
  readonly teller: Pick<ProgressTeller, 'tell' | 'tellLast'>
  readonly now: () => number
  readonly signal: AbortSignal
}

interface Collected {
  readonly status: PersonaStatus
  /** False where it was left before the end: the server keeps what was read, and where to go on. */
  readonly isWhole: boolean
}

/** What another run may get past; what was read is with the server by then. */
const pausing: ReadonlySet<ErrorCode> = new Set(['github-rate-limited', 'github-unavailable', 'deadline'])

/** Reads what the person said in reviews, piece by piece, and hands each piece to the server before the next is read. */
export async function collectHistory(collecting: Collecting, roles: Roles): Promise<Collected> {
  const { persona, status, afresh } = collecting
  const begun = afresh ? null : status.collection
  const session = begun?.session ?? collecting.session.slice(-64)
  const pieces = roles.history.read(persona.person, begun?.cursor ?? '')
  const read = { comments: begun?.comments ?? 0, latest: status }
  try {
    while (roles.now() < collecting.until) {
      const next = within(collecting.until - roles.now(), nextOf(pieces))
      const piece = await unlessStopped(roles.signal, next)
      if (piece === null) return { status: read.latest, isWhole: false }
      const { requests, pullRequests, ...chunk } = piece
      read.latest = await unlessStopped(roles.signal, roles.personas.upload(persona, { session, ...chunk }))
      read.comments += piece.comments.length
      if (piece.done) return { status: read.latest, isWhole: true }
      await roles.teller.tell(() =>
        renderCollecting(collecting.called, { comments: read.comments, pullRequests, requests }),
      )
    }
  } finally {
    // What the reader holds open is closed; that it cannot be loses nothing.
    pieces.return(undefined).catch(() => {})
  }
  return { status: read.latest, isWhole: false }
}

const longestTimer = 2 ** 31 - 1

/** Null where it takes longer than that, as GitHub's limits may: the time that is left belongs to the review. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, Math.min(Math.max(0, milliseconds), longestTimer), null)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Null where the reading stopped: it ended without an end, or GitHub cannot go on for now. */
async function nextOf(pieces: AsyncGenerator<HistoryPiece, void, undefined>): Promise<HistoryPiece | null> {
  try {
    const { value, done } = await pieces.next()
    return done === true ? null : (value ?? null)
  } catch (error) {
    if (error instanceof ReviewError && pausing.has(error.code)) return null
    throw error
  }
}
