import { z } from 'zod'
import type { FileDiff } from '../../diff/file-diff.ts'
import { parseDiff } from '../../diff/parse-diff.ts'
import { toFileDiff } from '../change/list-changed-files.ts'
import { diffOptions, type Git } from '../change/run-git.ts'
import type { RepositoryName } from '../client/address.ts'
import { ListedFile } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { isRateLimit } from '../client/rate-limit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import type { RequestBudget } from './request-budget.ts'

interface PastDiffOptions {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly git: Git | null
  readonly budget: RequestBudget
}

const Comparison = z.object({ files: z.array(z.unknown()).nullish() })
/** Without a checkout a diff is a request of its own, so there are few, and only while many are left. */
const limits = { requests: 40, leave: 300 } as const
const readingDiff = { doing: 'reading past diffs', permission: 'contents: read' }

/** Reads what a commit changed, from the checkout where it holds the commits, else for some from GitHub. */
export function createPastDiff({ octokit, repository, git, budget }: PastDiffOptions) {
  const local = git === null ? null : localDiffs(git)
  let asked = 0
  return async (base: string, commit: string): Promise<readonly FileDiff[] | null> => {
    const found = await local?.(base, commit)
    if (found) return parseDiff(found).files
    if (asked >= limits.requests || budget.left() < limits.leave) return null
    asked++
    return await translating(readingDiff, async () => {
      try {
        const { data, headers } = await octokit.rest.repos.compareCommitsWithBasehead({
          owner: repository.owner,
          repo: repository.name,
          basehead: `${base}...${commit}`,
          per_page: 1,
        })
        budget.note(headers)
        return filesIn(data)
      } catch (error) {
        // A commit that was pushed over may be gone, and on a large diff GitHub fails each time.
        const http = asHttpError(error)
        if (http?.response !== undefined && !isRateLimit(http)) return null
        throw error
      }
    })
  }
}

/** One run of git for each diff: there are hundreds. Null for commits that the checkout lacks. */
function localDiffs(git: Git) {
  let isWhole: Promise<boolean> | null = null
  return async (base: string, commit: string): Promise<Uint8Array | null> => {
    isWhole ??= git(['rev-parse', '--is-shallow-repository']).then(
      (answer) => answer?.toString('latin1').trim() === 'false',
    )
    // The history of a shallow clone is cut, so its merge base may be wrong.
    return (await isWhole) ? await git(['diff', ...diffOptions, `${base}...${commit}`, '--']) : null
  }
}

function filesIn(answer: unknown): FileDiff[] | null {
  const comparison = Comparison.safeParse(answer)
  if (!comparison.success) return null
  return (comparison.data.files ?? []).flatMap((row) => {
    const listed = ListedFile.safeParse(row)
    const file = listed.success ? toFileDiff(listed.data) : null
    return file === null || 'reason' in file ? [] : [file]
  })
}
