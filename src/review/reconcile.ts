import type { EarlierFinding } from '@ai-review/protocol/review'
import type { EarlierRecord, Standing, ThreadStep } from './earlier-finding.ts'

interface Resolver {
  readonly id: number | null
  readonly login: string
  readonly isBot: boolean
  readonly isUs: boolean
}

/** A thread as far as it matters here; a thread of the host fits. */
export interface StandingThread {
  readonly id: string | null
  readonly commentId: number
  readonly path: string
  readonly line: number | null
  readonly marks: readonly { readonly kind: string; readonly head: string; readonly identity: string }[]
  readonly isOurs: boolean
  readonly isResolved: boolean
  readonly resolvedBy: Resolver | null
  readonly hasHumanReply: boolean
  readonly canSettle: boolean
}

export interface Reconciling {
  /** What the server says of the findings that it believes were said before. */
  readonly told: readonly EarlierFinding[]
  readonly threads: readonly StandingThread[]
  /** Identities of the findings of this run, whatever their verdict. */
  readonly found: ReadonlySet<string>
  /** Whether a model read everything of this path in this run or before; of the whole change where the path is null. */
  readonly wasReadWhole: (path: string | null) => boolean
  /** Paths that are in the change but not under review: nobody can say what became of their findings. */
  readonly unseen: ReadonlySet<string>
  /** True where the change holds files that should have been under review: a finding whose path nobody knows may be there. */
  readonly isCut: boolean
  /** Head of the newest ledger; null where there is none. */
  readonly ledgerHead: string | null
  /** Findings that nobody but a person's voice has raised. That others do not find them again fixes nothing. */
  readonly voiced: ReadonlySet<string>
  /** Accounts that may decline a finding by resolving its thread. */
  readonly mayDecline: ReadonlySet<number>
}

/**
 * How each finding that was said before stands now, and what is to be done with its thread. A finding is fixed where its
 * text is gone, or where the hunk around it changed, was read whole, and the finding was not raised again: that it is
 * not raised is no proof while the hunk is the same, since a model does not say the same twice.
 */
export function reconcile(by: Reconciling): EarlierRecord[] {
  return by.told.map((finding) => {
    const thread = threadOf(by.threads, finding.identity)
    const standing = standingOf(finding, thread, by)
    return {
      identity: finding.identity,
      ...(finding.severity === undefined ? {} : { severity: finding.severity }),
      ...(finding.category === undefined ? {} : { category: finding.category }),
      state: finding.state,
      standing,
      step: thread === null ? 'none' : stepOf(standing, thread),
      thread: thread && {
        id: thread.id,
        commentId: thread.commentId,
        path: thread.path,
        line: thread.line,
        isResolved: thread.isResolved,
      },
    }
  })
}

/** Threads of our own come first: a mark that somebody copied into a comment makes no thread ours. */
function threadOf(threads: readonly StandingThread[], identity: string): StandingThread | null {
  const carriers = threads.filter(({ marks }) =>
    marks.some((mark) => mark.kind === 'finding' && mark.identity === identity),
  )
  return carriers.find(({ isOurs }) => isOurs) ?? carriers.find(({ id }) => id === null) ?? null
}

function standingOf(finding: EarlierFinding, thread: StandingThread | null, by: Reconciling): Standing {
  if (finding.declined) return 'declined'
  const isFound = by.found.has(finding.identity)
  const isFixed = !isFound && hasGone(finding, thread, by)
  if (thread?.isResolved !== true) return isFixed ? 'fixed' : 'open'
  if (wasResolvedByUs(thread)) return isFound || isAsRaised(finding, thread, by) ? 'open' : 'fixed'
  if (isFixed) return 'fixed'
  return isDeclinedBy(thread, by) ? 'declined' : 'open'
}

function hasGone(finding: EarlierFinding, thread: StandingThread | null, by: Reconciling): boolean {
  const isUnseen = thread === null ? by.isCut : by.unseen.has(thread.path)
  if (isUnseen) return false
  if (finding.state === 'gone') return true
  return (
    finding.state === 'changed' && !by.voiced.has(finding.identity) && by.wasReadWhole(thread?.path ?? null)
  )
}

/**
 * True where the hunk is the one in which the finding was raised: no run since has left a ledger, which one does not
 * that finds nothing new and may write no check. What it saw gone has come back.
 */
function isAsRaised(
  { state, identity }: EarlierFinding,
  { marks }: StandingThread,
  by: Reconciling,
): boolean {
  return (
    state === 'settled' && marks.some((mark) => mark.identity === identity && mark.head === by.ledgerHead)
  )
}

function wasResolvedByUs({ resolvedBy }: StandingThread): boolean {
  return resolvedBy?.isUs === true
}

function isDeclinedBy({ resolvedBy }: StandingThread, { mayDecline }: Reconciling): boolean {
  return resolvedBy !== null && !resolvedBy.isBot && resolvedBy.id !== null && mayDecline.has(resolvedBy.id)
}

function stepOf(standing: Standing, thread: StandingThread): ThreadStep {
  if (!thread.isOurs || thread.id === null) return 'none'
  if (standing === 'open' && thread.isResolved && wasResolvedByUs(thread)) return 'reopen'
  if (standing !== 'fixed' || thread.isResolved) return 'none'
  if (thread.hasHumanReply) return 'leave-replied'
  return thread.canSettle ? 'resolve' : 'leave-not-permitted'
}

/** People who resolved a thread whose finding may still hold: whether they may decline it has to be asked. Each once. */
export function resolversInDoubt(
  told: readonly EarlierFinding[],
  threads: readonly StandingThread[],
): readonly Resolver[] {
  const resolvers = told
    .filter(({ declined, state }) => !declined && state !== 'gone')
    .map(({ identity }) => threadOf(threads, identity)?.resolvedBy ?? null)
    .filter((resolver) => resolver !== null && resolver.id !== null && !resolver.isBot && !resolver.isUs)
  return [...new Map(resolvers.map((resolver) => [resolver?.id, resolver])).values()].filter(
    (resolver) => resolver !== null,
  )
}
