import type { Octokit } from '../client/octokit.ts'
import { type CheckRun, listChecks } from './list-checks.ts'

interface Wanted {
  readonly owner: string
  readonly repo: string
  readonly head: string
  readonly name: string
  /** Of this run: `<run id>-<attempt>-<random>`. */
  readonly externalId: string
}

/** Longer than a job of GitHub's own runners may last: https://docs.github.com/en/actions/reference/limits */
const longestRunMs = 6 * 60 * 60 * 1000

/**
 * Ends the checks of this name on the commit that nobody will complete: those of an earlier attempt of this run, which
 * has ended when another begins, and those older than a job can be. Others may belong to a run that is at work.
 * What cannot be ended stays as it is: no review fails for it.
 */
export async function cancelStaleChecks(octokit: Octokit, wanted: Wanted): Promise<void> {
  const { owner, repo, head, name, externalId } = wanted
  try {
    const listed = await listChecks(octokit, { owner, repo, head, name, status: 'in_progress' })
    for (const { id } of listed.filter((check) => isStale(check, externalId))) {
      await octokit.rest.checks.update({
        owner,
        repo,
        check_run_id: id,
        status: 'completed',
        conclusion: 'cancelled',
        output: { title: 'Cancelled', summary: 'The run of this check ended before its review did.' },
      })
    }
  } catch {
    // The check that is started next tells what is wrong.
  }
}

function isStale({ external_id, started_at }: CheckRun, externalId: string): boolean {
  const [theirs, ours] = [attemptIn(external_id ?? ''), attemptIn(externalId)]
  if (theirs !== null && ours !== null && theirs.run === ours.run && theirs.attempt < ours.attempt)
    return true
  return Date.now() - Date.parse(started_at ?? '') > longestRunMs
}

function attemptIn(externalId: string): { run: string; attempt: number } | null {
  const [, run, attempt] = /^(\d{1,20})-(\d{1,6})-/.exec(externalId) ?? []
  return run === undefined ? null : { run, attempt: Number(attempt) }
}
