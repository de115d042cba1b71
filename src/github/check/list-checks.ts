import { z } from 'zod'
import type { Octokit } from '../client/octokit.ts'

/** The checks of a name on a commit. */
interface Wanted {
  readonly owner: string
  readonly repo: string
  readonly head: string
  readonly name: string
  /** Absent: those of any status. */
  readonly status?: 'in_progress' | 'completed'
  /** How many of the newest; 100, GitHub's most, unless told. */
  readonly most?: number
}

/** A check run, as a listing holds it and as it comes alone. */
export const CheckRun = z.object({
  id: z.int(),
  external_id: z.string().nullish(),
  html_url: z.string().nullish(),
  status: z.string(),
  conclusion: z.string().nullish(),
  started_at: z.string().nullish(),
  completed_at: z.string().nullish(),
  output: z.object({ title: z.string().nullish(), text: z.string().nullish() }).nullish(),
})
export type CheckRun = z.infer<typeof CheckRun>

/** The newest check runs, those of other runs included, in one request. */
export async function listChecks(
  octokit: Octokit,
  { head, name, most = 100, ...wanted }: Wanted,
): Promise<CheckRun[]> {
  const { data } = await octokit.rest.checks.listForRef({
    ...wanted,
    ref: head,
    check_name: name,
    // The latest alone would be the check that this run has begun.
    filter: 'all',
    per_page: most,
  })
  return z.array(CheckRun).parse(data.check_runs)
}
