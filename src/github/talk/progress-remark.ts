import { ReviewError } from '../../errors.ts'
import type { ProgressRemark } from '../../roles.ts'
import type { RepositoryName } from '../client/address.ts'
import { fitsBody } from '../client/fits-body.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import { writeOnce } from '../client/write-once.ts'
import { findRemarkId } from './find-remark.ts'

interface ProgressRemarkOptions {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  /** Milliseconds that one unit of back-off between attempts lasts. */
  readonly backoffUnitMs?: number
}

const operation = { doing: 'telling the progress in the conversation', permission: 'pull-requests: write' }

/** One remark in the conversation of a pull request that is written anew as something goes on. */
export function createProgressRemark(options: ProgressRemarkOptions): ProgressRemark {
  const { octokit, repository, backoffUnitMs = 1000 } = options
  const home = { owner: repository.owner, repo: repository.name }
  /** Numbers of the remarks of this run, by pull request and mark. */
  const known = new Map<string, number>()

  async function update(id: number, body: string): Promise<boolean> {
    const write = () => octokit.rest.issues.updateComment({ ...home, comment_id: id, body })
    try {
      // Written a second time it says the same.
      await writeOnce<unknown>({ operation, write, backoffUnitMs })
      return true
    } catch (error) {
      if (asHttpError(error)?.status === 404) return false
      throw error
    }
  }

  async function create(place: { readonly pullRequest: number; readonly once: string }, body: string) {
    const { pullRequest, once } = place
    return await writeOnce<number>({
      operation,
      write: async () =>
        (await octokit.rest.issues.createComment({ ...home, issue_number: pullRequest, body })).data.id,
      look: () => findRemarkId({ octokit, repository, number: pullRequest }, once),
      backoffUnitMs,
    })
  }

  return {
    sayLatest: (pullRequest, { body, once }) =>
      translating(operation, async () => {
        refuseUnfit(body, once)
        const key = `${pullRequest} ${once}`
        const id = known.get(key) ?? (await findRemarkId({ octokit, repository, number: pullRequest }, once))
        const isUpdated = id !== null && (await update(id, body))
        known.set(key, isUpdated ? id : await create({ pullRequest, once }, body))
      }),
  }
}

function refuseUnfit(body: string, once: string): void {
  if (fitsBody(body) && body.includes(once)) return
  throw new ReviewError('internal', 'The remark is longer than GitHub accepts, or lacks its mark.', {
    hint: 'Report it with the version of the Action and the code of this message.',
  })
}
