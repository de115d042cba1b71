import type { PullRequest } from '../../../src/roles.ts'

/** An open pull request of a branch, as it is once it was read. */
export function aPullRequest(overrides: Partial<PullRequest> = {}): PullRequest {
  return {
    repository: { id: 9, owner: 'acme', name: 'shop', isPublic: false },
    number: 7,
    url: 'https://github.com/acme/shop/pull/7',
    title: 'Mend',
    state: 'open',
    isDraft: false,
    isFork: false,
    base: { sha: 'b'.repeat(40), ref: 'main' },
    head: { sha: 'a'.repeat(40), ref: 'mend' },
    changedFiles: 1,
    ...overrides,
  }
}
