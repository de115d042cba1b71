import type { Octokit } from '../client/octokit.ts'
import { type Operation, translating } from '../client/translate-error.ts'
import { writeOnce } from '../client/write-once.ts'

const mutations = {
  resolved: `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`,
  open: `mutation ($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`,
} as const

// https://github.com/github/gh-aw/issues/35726: pull-requests: write alone is answered FORBIDDEN.
const operations: Record<keyof typeof mutations, Operation> = {
  resolved: { doing: 'resolving a thread', permission: 'contents: write' },
  open: { doing: 'opening a thread again', permission: 'contents: write' },
}

interface Settling {
  readonly threadId: string
  readonly to: 'resolved' | 'open'
  readonly backoffUnitMs: number
}

/**
 * Marks a thread as resolved, or as open again; a thread that is so already stays so. Throws `missing-permission`
 * where the token lacks contents: write, and `github-not-found` where the thread is gone.
 */
export function settleThread(octokit: Octokit, { threadId, to, backoffUnitMs }: Settling): Promise<void> {
  const operation = operations[to]
  return translating(operation, async () => {
    await writeOnce({
      operation,
      write: () => octokit.graphql(mutations[to], { id: threadId }),
      backoffUnitMs,
    })
  })
}
