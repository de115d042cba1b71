import { z } from 'zod'
import type { PullRequest } from '../../roles.ts'

// Lenient on purpose: only what is used is looked at, so that a new field or version of GitHub breaks nothing.

/** The name of a commit, of SHA-1 or SHA-256. */
export const Sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)

const Repository = z.object({
  id: z.int(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
})

const PullRequestAnswer = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().optional(),
  changed_files: z.int(),
  base: z.object({ sha: Sha, ref: z.string(), repo: Repository }),
  // The repository is null once a fork is deleted.
  head: z.object({ sha: Sha, ref: z.string(), repo: z.object({ id: z.int() }).nullable() }),
})

/** `GET /repos/{owner}/{repo}/pulls/{number}` as our own type. Throws a ZodError where the answer is not a pull request. */
export function readPullRequest(answer: unknown): PullRequest {
  const { base, head, ...pull } = PullRequestAnswer.parse(answer)
  return {
    repository: {
      id: base.repo.id,
      owner: base.repo.owner.login,
      name: base.repo.name,
      isPublic: !base.repo.private,
    },
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    state: pull.state,
    isDraft: pull.draft ?? false,
    isFork: head.repo?.id !== base.repo.id,
    base: { sha: base.sha, ref: base.ref },
    head: { sha: head.sha, ref: head.ref },
    changedFiles: pull.changed_files,
  }
}

/** A row of `GET /repos/{owner}/{repo}/pulls/{number}/files`. */
export const ListedFile = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  additions: z.int(),
  deletions: z.int(),
  patch: z.string().optional(),
})
export type ListedFile = z.infer<typeof ListedFile>

export const GitTree = z.object({
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: Sha, size: z.int().optional() }),
  ),
  truncated: z.boolean().optional(),
})

export const Comparison = z.object({ merge_base_commit: z.object({ sha: Sha }) })

export const ListedReview = z.object({
  id: z.int(),
  body: z.string().nullish(),
  state: z.string(),
  html_url: z.string(),
})
export type ListedReview = z.infer<typeof ListedReview>

export const ListedComment = z.object({ body: z.string() })
