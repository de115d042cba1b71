import type { Ledger } from '@ai-review/protocol/seal'
import type { PullRequest } from '../../roles.ts'
import type { Octokit } from '../client/octokit.ts'
import { type CheckRun, listChecks } from './list-checks.ts'

interface Wanted {
  readonly pullRequest: PullRequest
  /** Name under which our checks go. */
  readonly checkName: string
  /** Commits whose checks may carry a ledger, the likeliest first. */
  readonly heads: readonly string[]
  readonly parseLedgers: (text: string) => readonly Ledger[]
}

const mostHeads = 3
const checksPerHead = 30

/**
 * Ledgers in the texts of our checks, one request for each of the first three commits, oldest first: the head of now may
 * be one that the branch was reset to, with a check older than that of the head before. None where the token may not read
 * checks, or GitHub cannot tell: then hunks are read again that need not be, and nothing is lost.
 */
export async function readLedgers(octokit: Octokit, wanted: Wanted): Promise<Ledger[]> {
  const heads = [...new Set(wanted.heads)].slice(0, mostHeads)
  const checks = await Promise.all(heads.map((head) => checksOn(octokit, wanted, head)))
  const oldestFirst = checks.flat().sort((a, b) => a.id - b.id)
  return oldestFirst.flatMap(({ output }) => wanted.parseLedgers(output?.text ?? ''))
}

async function checksOn(
  octokit: Octokit,
  { pullRequest, checkName }: Wanted,
  head: string,
): Promise<readonly CheckRun[]> {
  try {
    const { owner, name: repo } = pullRequest.repository
    return await listChecks(octokit, { owner, repo, head, name: checkName, most: checksPerHead })
  } catch {
    return []
  }
}
