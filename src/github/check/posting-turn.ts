import { setTimeout as sleep } from 'node:timers/promises'
import type { Octokit } from '../client/octokit.ts'
import { translating } from '../client/translate-error.ts'
import { type CheckRun, listChecks } from './list-checks.ts'

interface Turn {
  readonly octokit: Octokit
  readonly repository: { readonly owner: string; readonly repo: string }
  readonly head: string
  /** `startedAt` by the host's clock: milliseconds since the epoch, NaN where it does not tell. */
  readonly check: { readonly id: number; readonly name: string; readonly startedAt: number }
  /** Milliseconds of one step of waiting. */
  readonly stepMs: number
}

/** Title of a check whose run is about to post, or is posting. */
const postingTitle = 'Posting the review'
const mostSteps = 30

/**
 * Lets the runs on one head post one after the other. Each first says in its own check that it is about to post, and only
 * then looks at the checks of the others: of two at once at least one sees the other, and the one with the higher number
 * waits. A run that was killed while it was posting is waited for in vain for thirty steps.
 */
export function takeTurn(turn: Turn): Promise<{ readonly alone: boolean }> {
  return translating({ doing: 'taking the turn to post', permission: 'checks: write' }, async () => {
    const { octokit, repository, head, check } = turn
    await octokit.rest.checks.update({
      ...repository,
      check_run_id: check.id,
      output: { title: postingTitle, summary: 'The findings are being posted.' },
    })
    for (let step = 0; ; step++) {
      const others = (await listChecks(octokit, { ...repository, head, name: check.name })).filter(
        ({ id }) => id !== check.id,
      )
      const isAtWork = others.some(({ status }) => status !== 'completed')
      // A listing may lag behind what the others say, so one look is not enough where there are any.
      const mayPost = step === 0 ? !isAtWork : !others.some((other) => isAhead(other, check.id))
      if (step === mostSteps || mayPost) {
        return { alone: !others.some((other) => wasAtWork(other, check.startedAt)) }
      }
      await sleep(turn.stepMs)
    }
  })
}

function isAhead({ id, status, output }: CheckRun, own: number): boolean {
  return status !== 'completed' && id < own && output?.title === postingTitle
}

/** What a run wrote shows up in listings within this time. */
const lagMs = 10_000

function wasAtWork({ status, completed_at }: CheckRun, startedAt: number): boolean {
  if (status !== 'completed') return true
  const end = Date.parse(completed_at ?? '')
  return Number.isNaN(end) || Number.isNaN(startedAt) || end >= startedAt - lagMs
}
