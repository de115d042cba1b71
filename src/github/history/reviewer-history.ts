import type { ReviewerHistory } from '../../roles.ts'
import { createRepositoryGit, type GitOptions } from '../change/run-git.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit, RequestCount } from '../client/octokit.ts'
import { findAccount } from './find-account.ts'
import type { HistoryRules } from './history-rules.ts'
import { createLocalRenames } from './local-renames.ts'
import { readLocalTexts } from './local-texts.ts'
import { findOwnCommit } from './own-commit.ts'
import { createPastDiff } from './past-diff.ts'
import { nameOf, type PlacedTexts, queryTexts, type TextPlace } from './query-texts.ts'
import { readHistory } from './read-history.ts'
import { createRequestBudget } from './request-budget.ts'

interface ReviewerHistoryOptions {
  readonly octokit: Octokit & RequestCount
  readonly repository: RepositoryName
  /** The `.git` of the job's checkout, asked before GitHub; null where there is none. */
  readonly checkout: (GitOptions & { readonly gitDirectory: string }) | null
  readonly rules: HistoryRules
  /** Requests that one reading may make: 900, or fewer where the token has fewer left, unless told. */
  readonly mostRequests?: number
}

/** What a person has said in the reviews of one repository on GitHub. */
export function createReviewerHistory(options: ReviewerHistoryOptions): ReviewerHistory {
  const { octokit, repository, checkout, rules, mostRequests } = options
  const git = checkout === null ? null : createRepositoryGit(checkout.gitDirectory, checkout)
  const texts = async (places: readonly TextPlace[]): Promise<PlacedTexts> => {
    const local: PlacedTexts = git === null ? new Map() : await readLocalTexts(git, places)
    const asked = places.filter((place) => !local.has(nameOf(place)))
    const told = asked.length === 0 ? [] : await queryTexts({ octokit, repository }, asked)
    return new Map([...local, ...told])
  }
  return {
    account: (login) => findAccount(octokit, login),
    ownCommit: (person, policy) => findOwnCommit({ octokit, repository, texts }, person, policy),
    read(person, cursor) {
      const budget = createRequestBudget(octokit, mostRequests)
      const diff = createPastDiff({ octokit, repository, git, budget })
      const renamed = createLocalRenames(git)
      return readHistory({ octokit, repository, rules, budget, texts, renamed, diff }, person.id, cursor)
    },
  }
}
