import type { AskedPersona, Effort, ReviewResult } from '@ai-review/protocol/review'
import type { Ledger } from '@ai-review/protocol/seal'
import { buildRequest } from '../review/build-request.ts'
import { counted } from '../review/counts.ts'
import { judge } from '../review/judge.ts'
import { type ParsedPolicy, parsePolicy } from '../review/parse-policy.ts'
import { renderCheck } from '../review/render-check.ts'
import { isVoiceAlone } from '../review/render-voice.ts'
import type { AskedVoice, ReviewSummary } from '../review/review-summary.ts'
import type {
  ChangeSource,
  CheckReport,
  Conversation,
  Earlier,
  EarlierThread,
  Log,
  ModelServer,
  Publisher,
  PullRequest,
} from '../roles.ts'
import { askModelServer } from './ask-model-server.ts'
import { gatherChange } from './gather-change.ts'
import { loadPolicy } from './load-policy.ts'
import { closeCheck, openCheck } from './open-check.ts'
import type { Outcome } from './outcome.ts'
import type { PersonaRoles } from './persona/persona-roles.ts'
import { publishReview, unposted } from './publish-review.ts'
import { reasonToSkip } from './reason-to-skip.ts'
import { reconcileEarlier } from './reconcile-earlier.ts'
import { tellFeedback } from './tell-feedback.ts'
import { timeForServer } from './time-for-server.ts'
import { toReviewError } from './to-review-error.ts'
import { unlessStopped } from './unless-stopped.ts'

/** What a review stands on, read at one moment. */
export interface ReviewGround {
  readonly pullRequest: PullRequest
  readonly policy: ParsedPolicy
}

export interface ReviewOrder {
  readonly number: number
  /** The head that the event was about; absent where a person asked by number. */
  readonly expectedHead?: string
  /** The head that the pull request had before this one, where the event tells. */
  readonly previousHead?: string
  readonly policyPath: string
  readonly effort?: Effort
  /** Read everything again, what earlier runs have read as well. */
  readonly full?: boolean
  /** In the style of whom alone; absent: the reviewer itself, and the voices that the policy routes files to. */
  readonly voice?: AskedPersona
  /** Address of the model server, for links to its cards. */
  readonly serverUrl?: string
  /** A person asked for this review: drafts are reviewed too, and it goes first. */
  readonly asked?: boolean
  /** As it was when a person's command was read: what is pushed later is not reviewed by it. */
  readonly ground?: ReviewGround
  /** Milliseconds for the whole run, from `startedAt`, a reading of `now`. */
  readonly deadlineMs: number
  readonly startedAt: number
  /** Names this run and no other: 1 to 100 of `[A-Za-z0-9._-]`. */
  readonly run: string
}

export interface ReviewRoles {
  readonly source: ChangeSource
  readonly publisher: Publisher
  readonly model: ModelServer
  readonly roleOf: Conversation['roleOf']
  readonly log: Log
  readonly now: () => number
  readonly signal: AbortSignal
  /** Requests made to GitHub so far; absent where none are made. */
  readonly githubRequests?: () => number
  /** What personas need, loaded when they do; absent where there are none. */
  readonly persona?: () => Promise<PersonaRoles>
}

/** Kept back from the server's time for judging and posting. */
const publishingMs = 20_000
/** Each holds what the ones before it held, so the newest are enough. */
const mostCarried = 2

/**
 * Reviews one pull request from its number to what stands on it afterwards. Throws a `ReviewError` only where
 * not even the pull request can be read; every later failure ends as a neutral check that names it.
 */
export async function reviewPullRequest(order: ReviewOrder, roles: ReviewRoles): Promise<Outcome> {
  const step = <T>(work: Promise<T>) => unlessStopped(roles.signal, work)
  const pullRequest = order.ground?.pullRequest ?? (await step(roles.source.pullRequest(order.number)))
  const reason = await step(reasonToSkip(roles.source, pullRequest, order))
  if (reason !== null) return { kind: 'skipped', reason }

  // Waited for even when the run is stopped: a check that is being created must be completed by somebody.
  const check = await openCheck(pullRequest, roles)
  let summary = emptySummary(pullRequest, order)
  let carried: readonly Ledger[] = []
  let threads: readonly EarlierThread[] = []
  try {
    const policy =
      order.ground?.policy ?? (await step(loadPolicy(roles.source, pullRequest, order.policyPath)))
    summary = { ...summary, policy }
    const change = await step(gatherChange({ pullRequest, policy: policy.policy, ...order }, roles))
    const persona = await step(voiceOf(order, { pullRequest, policy: policy.policy, change }, roles))
    const { request, selection } = buildRequest({
      ...order,
      ...change,
      ...(persona === undefined ? {} : { persona }),
      pullRequest,
      policy,
      allFiles: change.diff.files,
      deadlineMs: timeForServer({ ...order, now: roles.now(), keptMs: publishingMs }),
    })
    const { skippedGuidelines, notices, earlier } = change
    carried = earlier.ledgers.slice(-mostCarried)
    threads = earlier.threads
    summary = { ...summary, selection, skippedGuidelines, notices, ledgersToKeep: carried }
    if (persona !== undefined) summary = { ...summary, voice: askedVoice(persona, order) }
    roles.log.info(
      `${counted(selection.selected.length, 'file')} to review, ${selection.skipped.length} skipped.`,
    )
    // Where nothing is left to review, what was said before may be fixed.
    if (selection.selected.length > 0 || earlier.marks.length > 0) {
      const answer = await step(askModelServer(request, roles))
      summary = await step(judgeAnswer({ summary, answer, earlier }, roles))
      summary = await step(publishReview({ pullRequest, summary, run: order.run, check, carried }, roles))
    }
  } catch (error) {
    summary = {
      ...summary,
      judged: unposted(summary.judged),
      ledgersToKeep: carried,
      failure: toReviewError(error),
    }
  }
  summary = { ...summary, totalMs: roles.now() - order.startedAt }
  const report = reportOf(summary)
  await closeCheck(check, report, roles.log)
  await tellFeedback({ pullRequest, records: summary.earlier, threads }, roles)
  const { githubRequests } = roles
  if (githubRequests !== undefined) summary = { ...summary, githubRequests: githubRequests() }
  return { kind: 'reviewed', summary, check: report, checkUrl: check?.url ?? null }
}

type Routing = Parameters<typeof import('./persona/route-voice.ts')['routeVoice']>[0]

/** The voice to ask for: the one that was ordered, else the first to which the policy routes some of the files. */
async function voiceOf(
  { voice }: ReviewOrder,
  routing: Routing,
  { source, log, persona }: ReviewRoles,
): Promise<AskedPersona | undefined> {
  const isRouted = routing.policy.personas.some(({ paths, codeowners }) => codeowners || paths.length > 0)
  if (voice !== undefined || persona === undefined || !isRouted) return voice
  const { routeVoice } = await import('./persona/route-voice.ts')
  return await routeVoice(routing, { source, log, persona })
}

function askedVoice(
  { login, name, beside }: AskedPersona,
  { serverUrl = '' }: Pick<ReviewOrder, 'serverUrl'>,
): AskedVoice {
  return { login, beside, server: serverUrl, ...(name === undefined ? {} : { name }) }
}

interface Judging {
  readonly summary: ReviewSummary
  readonly answer: ReviewResult
  readonly earlier: Earlier
}

/** What the answer means for this change: a verdict for every finding, and how the earlier ones stand. */
async function judgeAnswer(
  { summary, answer, earlier }: Judging,
  roles: Pick<Conversation, 'roleOf'>,
): Promise<ReviewSummary> {
  const { accepted, done, findings } = answer
  const judged = judge(findings, {
    files: summary.selection.selected,
    earlier: accepted.earlier ?? accepted.trusted.map((identity) => ({ identity, declined: false })),
    // What the reviewer has read is new to the voice of a person.
    settled: isVoiceAlone(summary) ? [] : (accepted.settled ?? []),
    policy: summary.policy.policy,
  })
  const answered = {
    ...summary,
    answer,
    judged,
    ...(done.ledger === undefined ? {} : { ledgersToKeep: [done.ledger] }),
  }
  return { ...answered, earlier: await reconcileEarlier({ summary: answered, answer, earlier }, roles) }
}

/** A check must end even where its text cannot be made: one in progress for ever would hold up a merge. */
function reportOf(summary: ReviewSummary): CheckReport {
  try {
    return renderCheck(summary)
  } catch (error) {
    const { message, hint } = toReviewError(error)
    return { conclusion: 'neutral', title: 'Not reviewed', summary: `${message} ${hint}`, annotations: [] }
  }
}

function emptySummary(pullRequest: PullRequest, order: ReviewOrder): ReviewSummary {
  return {
    headSha: pullRequest.head.sha,
    policy: parsePolicy(null, order.policyPath),
    selection: { selected: [], skipped: [] },
    judged: [],
    earlier: [],
    pageUrl: pullRequest.url,
    answer: null,
    skippedGuidelines: [],
    notices: [],
    totalMs: 0,
  }
}
