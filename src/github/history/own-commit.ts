import type { Consent } from '@ai-review/protocol/persona'
import { z } from 'zod'
import type { RepositoryName } from '../client/address.ts'
import { Sha } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import { nameOf, type PlacedTexts, type TextPlace } from './query-texts.ts'

interface Policy {
  readonly path: string
  /** The base branch. */
  readonly ref: string
  /** Whether a text of the policy names the person. */
  readonly lists: (text: string) => boolean
}

interface OwnCommitOptions {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly texts: (places: readonly TextPlace[]) => Promise<PlacedTexts>
}

const Account = z.object({ id: z.int(), login: z.string() }).nullish().catch(null)
const ListedCommit = z.object({
  sha: Sha,
  commit: z.object({
    committer: z.object({ date: z.iso.datetime({ offset: true }) }).nullable(),
    verification: z.object({ verified: z.boolean() }).nullish(),
  }),
  author: Account,
  committer: Account,
  parents: z.array(z.object({ sha: Sha })),
})
type ListedCommit = z.infer<typeof ListedCommit>

/** Commits to the policy by one person that are looked at, the newest first. */
const mostCommits = 100
/** GitHub itself, which commits for whoever edits or merges on its pages, and signs. */
const webCommitter = 'web-flow'
const readingConsent = { doing: 'looking for the consent of a lead', permission: 'contents: read' }
const readingMerge = {
  doing: 'looking for who merged the consent of a lead',
  permission: 'pull-requests: read',
}

/**
 * The newest commit by which the person put themselves into the policy; null where there is none. A signature vouches for
 * the committer and not for the author, so both must be the person, or the committer GitHub's own pages. A pull request
 * that is squashed there has its opener for author, whoever pushed to its branch: it counts where the person merged it.
 */
export function findOwnCommit(
  options: OwnCommitOptions,
  person: { readonly id: number; readonly login: string },
  policy: Policy,
): Promise<Consent | null> {
  return translating(readingConsent, async () => {
    const own = (await listCommits(options, person.login, policy)).filter((row) => isOwn(row, person.id))
    const texts = await options.texts(placesOf(own, policy.path))
    const lists = (commit: string) => {
      const text = texts.get(nameOf({ commit, path: policy.path }))
      return text === undefined ? null : text !== null && policy.lists(text)
    }
    const adding = own.filter(
      ({ sha, parents }) => lists(sha) === true && parents.every((parent) => lists(parent.sha) === false),
    )
    for (const { sha, commit, committer } of adding) {
      const date = commit.committer?.date
      if (date === undefined) continue
      const isByHand = committer?.id === person.id || (await isMergedBy(options, sha, person.id))
      if (isByHand) return { kind: 'commit', reference: sha, at: new Date(date).toISOString() }
    }
    return null
  })
}

/** Whether a commit of GitHub's own pages is the person's doing: no merge at all, or one that they pressed themselves. */
function isMergedBy({ octokit, repository }: OwnCommitOptions, sha: string, id: number): Promise<boolean> {
  const place = { owner: repository.owner, repo: repository.name }
  return translating(readingMerge, async () => {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...place,
      commit_sha: sha,
    })
    for (const { number, merge_commit_sha: merge } of data) {
      if (merge !== sha) continue
      const { data: pull } = await octokit.rest.pulls.get({ ...place, pull_number: number })
      if (pull.merged_by?.id !== id) return false
    }
    return true
  })
}

async function listCommits(
  { octokit, repository }: OwnCommitOptions,
  author: string,
  { path, ref }: Policy,
): Promise<ListedCommit[]> {
  try {
    const { data } = await octokit.rest.repos.listCommits({
      owner: repository.owner,
      repo: repository.name,
      sha: ref,
      path,
      author,
      per_page: mostCommits,
    })
    return data.flatMap((row) => {
      const parsed = ListedCommit.safeParse(row)
      return parsed.success ? [parsed.data] : []
    })
  } catch (error) {
    const status = asHttpError(error)?.status
    // An empty repository has no commits, and a branch may be gone.
    if (status === 404 || status === 409 || status === 422) return []
    throw error
  }
}

function isOwn({ author, committer, commit }: ListedCommit, id: number): boolean {
  const isCommitter = committer?.id === id || committer?.login === webCommitter
  return author?.id === id && isCommitter && commit.verification?.verified === true
}

function placesOf(commits: readonly ListedCommit[], path: string): TextPlace[] {
  const shas = commits.flatMap(({ sha, parents }) => [sha, ...parents.map((parent) => parent.sha)])
  return [...new Set(shas)].map((commit) => ({ commit, path }))
}
