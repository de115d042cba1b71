import type { TreeEntry } from '../../roles.ts'
import type { RepositoryName } from '../client/address.ts'
import { Comparison, GitTree } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { translating } from '../client/translate-error.ts'
import { kindOf } from './local-git.ts'

export interface Tree {
  readonly entries: readonly TreeEntry[]
  readonly truncated: boolean
}

interface Repository {
  readonly octokit: Octokit
  readonly repository: RepositoryName
}

export const readContents = { doing: 'reading files of the repository', permission: 'contents: read' }

/** The whole tree of a commit in one request; GitHub cuts it at 100,000 entries or 7 MB and says so. */
export async function fetchTree(from: Repository, commit: string): Promise<Tree> {
  const answer = await getTree(from, commit, { recursive: '1' })
  return {
    entries: answer.tree.filter((row) => row.type !== 'tree').map(toEntry),
    truncated: answer.truncated ?? false,
  }
}

/** One entry of a tree that was cut: one folder after the other, so that nothing is followed but real folders. */
export async function fetchEntry(
  from: Repository,
  tree: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const [name, ...rest] = path.split('/')
  const row = (await getTree(from, tree, {})).tree.find((candidate) => candidate.path === name)
  if (row === undefined) return undefined
  if (rest.length === 0) return row.type === 'tree' ? undefined : { ...toEntry(row), path }
  if (row.type !== 'tree') return undefined
  const entry = await fetchEntry(from, row.sha, rest.join('/'))
  return entry && { ...entry, path }
}

/** The commit that GitHub compares the head of a pull request with. */
export function fetchMergeBase(
  { octokit, repository }: Repository,
  base: string,
  head: string,
): Promise<string> {
  return translating(readContents, async () => {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner: repository.owner,
      repo: repository.name,
      basehead: `${base}...${head}`,
      // The first page would bring the changed files along.
      per_page: 1,
      page: 2,
    })
    return Comparison.parse(data).merge_base_commit.sha
  })
}

function getTree({ octokit, repository }: Repository, sha: string, query: { recursive?: string }) {
  return translating(readContents, async () => {
    const { data } = await octokit.rest.git.getTree({
      owner: repository.owner,
      repo: repository.name,
      tree_sha: sha,
      ...query,
    })
    return GitTree.parse(data)
  })
}

type Row = (typeof GitTree)['_output']['tree'][number]

function toEntry(row: Row): TreeEntry {
  return {
    path: row.path,
    kind: kindOf(row.mode),
    mode: row.mode,
    blob: row.sha,
    ...(row.size === undefined ? {} : { size: row.size }),
  }
}
