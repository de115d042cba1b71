import { parseMarks } from '../../../src/review/marker.ts'
import { isObject } from '../github/json.ts'
import { placementProblem } from '../github/placement.ts'
import type { StandInPullRequest } from '../github/stand-in-pull-request.ts'
import type { StandInRepository } from '../github/stand-in-repository.ts'
import type { LoggedRequest } from '../github/start-github.ts'
import type { ThreadState } from '../github/state.ts'
import { comparisonOf } from '../github/thread-position.ts'
import type { Asked } from './flaw-engine.ts'

/** The account that every workflow of a repository posts as. */
export const us = 'github-actions[bot]'

/** What one run did, and to what. */
interface RunRecord {
  readonly repository: StandInRepository
  readonly pull: StandInPullRequest
  /** Requests of this run alone. */
  readonly requests: readonly LoggedRequest[]
  /** Milliseconds of the clock after which nothing may be written. */
  readonly deadline: number
  /** Comments of other accounts before the run, by number. */
  readonly foreignBefore: ReadonlyMap<number, string>
  readonly asked: Asked
  /** The run ended with a verdict over the head of now. */
  readonly hasReviewedHead: boolean
  /** Numbers of comments made under another seal key: what they said may be said again. */
  readonly disowned: ReadonlySet<number>
}

/** Everything that is said by others on a pull request, by number. */
export function foreignComments({ state }: StandInPullRequest): Map<number, string> {
  const all = [...state.comments, ...state.threads.flatMap(({ comments }) => comments)]
  const foreign = all.filter(({ user }) => user.login !== us)
  return new Map(foreign.map(({ id, body, updatedAt }) => [id, `${updatedAt} ${body}`]))
}

/** What must hold after every run, however it ended; one sentence for each breach. */
export async function breaches(run: RunRecord): Promise<string[]> {
  return [
    ...repeatedIdentities(run),
    ...(await misplacedComments(run)),
    ...(run.hasReviewedHead ? await wronglyResolved(run) : []),
    ...touchedComments(run),
    ...lateWrites(run),
    ...wrongChecks(run),
    ...wrongReviews(run),
  ]
}

function ourThreads({ pull }: RunRecord): ThreadState[] {
  return pull.state.threads.filter(({ comments }) => comments[0]?.user.login === us)
}

function repeatedIdentities(run: RunRecord): string[] {
  const seen = new Set<string>()
  return ourThreads(run)
    .flatMap(({ comments }) => comments[0] ?? [])
    .filter(({ id }) => !run.disowned.has(id))
    .flatMap(({ body }) => parseMarks(body).filter(({ kind }) => kind === 'finding'))
    .flatMap(({ identity }) => {
      const isRepeated = seen.has(identity)
      seen.add(identity)
      return isRepeated ? [`two of our comments carry the identity ${identity}`] : []
    })
}

async function misplacedComments(run: RunRecord): Promise<string[]> {
  const problems = await Promise.all(
    ourThreads(run).map(async ({ anchor, base, commit }) => {
      const { files } = await comparisonOf(run.repository.state, base, commit)
      const problem = 'line' in anchor ? placementProblem(files, anchor) : 'no line'
      return problem === null ? [] : [`a comment stands where none can: ${anchor.path}: ${problem}`]
    }),
  )
  return problems.flat()
}

/** A thread that we closed must not be about text that the model still flags, or was not asked about again. */
async function wronglyResolved(run: RunRecord): Promise<string[]> {
  const { pull, repository, asked } = run
  const { files } = await comparisonOf(repository.state, pull.base, pull.head)
  const added = new Map(
    files.map((file) => [
      file.path,
      file.hunks.flatMap(({ text }) =>
        text.filter((line) => line.startsWith('+')).map((line) => line.slice(1).trim()),
      ),
    ]),
  )
  const shown = new Set(asked.lines.map((line) => line.slice(line.indexOf(': ') + 2).trim()))
  const flagged = new Set([...asked.flagged].map((line) => line.trim()))
  const closed = ourThreads(run).filter((thread) => thread.resolvedBy?.login === us && !wasDeclined(thread))
  const found = await Promise.all(
    closed.map(async ({ anchor, commit }) => {
      if (!('line' in anchor) || anchor.side === 'LEFT') return []
      const whole = await repository.state.git.text('show', `${commit}:${anchor.path}`)
      const text = (whole.split('\n')[anchor.line - 1] ?? '').trim()
      const stands = added.get(anchor.path)?.includes(text) ?? false
      const isReported = flagged.has(text) || !shown.has(text)
      return stands && isReported ? [`resolved, but still reported: ${anchor.path}: ${text}`] : []
    }),
  )
  return found.flat()
}

/** We close the thread of what a person declines, whatever the model says of it later. */
function wasDeclined({ comments }: ThreadState): boolean {
  return comments.some(
    ({ user, body }) => user.login === us && parseMarks(body).some(({ kind }) => kind === 'declined'),
  )
}

function touchedComments({ pull, foreignBefore }: RunRecord): string[] {
  const now = foreignComments(pull)
  return [...foreignBefore]
    .filter(([id, body]) => now.get(id) !== body)
    .map(([id]) => `the comment ${id} of somebody else was changed`)
}

function isWrite({ method, path, body }: LoggedRequest): boolean {
  return method !== 'GET' && !(path.endsWith('/graphql') && !JSON.stringify(body).includes('mutation'))
}

function lateWrites({ requests, deadline }: RunRecord): string[] {
  return requests
    .filter((request) => isWrite(request) && request.at > deadline)
    .map(({ method, path }) => `written after the deadline: ${method} ${path}`)
}

/** A head that was reviewed has its check; none is left running; no run makes more than one. */
function wrongChecks(run: RunRecord): string[] {
  const checks = run.repository.state.checkRuns
  const unfinished = checks.filter(({ status }) => status !== 'completed')
  const created = run.requests.filter(({ operation }) => operation === 'checks/create')
  const mayCheck = created.every(({ status }) => status !== 403)
  const onHead = checks.filter(({ headSha }) => headSha === run.pull.head)
  return [
    ...unfinished.map(({ headSha }) => `a check on ${headSha} was never completed`),
    ...(created.filter(({ status }) => status === 201).length > 1 ? ['one run made two checks'] : []),
    ...(run.hasReviewedHead && mayCheck && onHead.length === 0 ? ['the head has no check'] : []),
  ]
}

function wrongReviews({ pull, requests }: RunRecord): string[] {
  const pending = pull.reviews().filter(({ state, user }) => state === 'PENDING' && user.login === us)
  const posted = requests.filter(
    ({ operation, status, body }) =>
      // Without an event it is pending: a question whether GitHub would place its comments.
      operation === 'pulls/create-review' && status === 200 && isObject(body) && body.event !== undefined,
  )
  return [
    ...pending.map(() => 'a pending review of ours was left behind'),
    ...(posted.length > 1 ? [`one run posted ${posted.length} reviews`] : []),
  ]
}
