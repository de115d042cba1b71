/** What names a repository. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** What names a pull request. */
export interface PullRequestName {
  readonly repository: RepositoryName
  readonly number: number
}

/** The parameters that name a pull request in every request about it. */
export function numbered({ repository, number }: PullRequestName) {
  return { owner: repository.owner, repo: repository.name, pull_number: number }
}
