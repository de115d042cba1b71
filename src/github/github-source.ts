import type { ChangeSource, LoadedDiff, PullRequest } from '../action/roles.ts'
import { parseDiff } from '../diff/parse-diff.ts'
import { ReviewError } from '../errors.ts'
import { readPullRequest } from './github-objects.ts'
import { fetchEntry, fetchTree, type RepositoryName, readContents, type Tree } from './github-tree.ts'
import { listChangedFiles } from './list-changed-files.ts'
import type { LocalGit } from './local-git.ts'
import type { Octokit } from './octokit.ts'
import { asHttpError, translating } from './translate-error.ts'

export interface GitHubSourceOptions {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  /** A checkout beside the run, asked before GitHub; null where there is none. */
  readonly localGit: LocalGit | null
}

const readDiff = { doing: 'reading the diff', permission: 'pull-requests: read' }

/** Reads a change from a local checkout where it holds the commits, else over the REST API. */
export function createGitHubSource(options: GitHubSourceOptions): ChangeSource {
  const trees = new Map<string, Promise<Tree>>()
  const tree = (sha: string): Promise<Tree> => {
    const known = trees.get(sha) ?? readTree(options, sha)
    trees.set(sha, known)
    return known
  }
  const blobText = async (blob: string, maxBytes: number): Promise<string | null> =>
    decodeText(await readBlob(options, blob, maxBytes))
  return {
    pullRequest: (number) => fetchPullRequest(options, number),
    diff: (pullRequest) => loadDiff(options, pullRequest),
    tree,
    blobText,
    async fileText(sha, path, maxBytes) {
      const { entries, truncated } = await tree(sha)
      const listed = entries.find((entry) => entry.path === path)
      const entry = listed ?? (truncated ? await fetchEntry(options, sha, path) : undefined)
      if (entry?.kind !== 'file' || (entry.size ?? 0) > maxBytes) return null
      return blobText(entry.blob, maxBytes)
    },
  }
}

function fetchPullRequest(
  { octokit, repository }: GitHubSourceOptions,
  number: number,
): Promise<PullRequest> {
  return translating({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
    const { data } = await octokit.rest.pulls.get({
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
    })
    return readPullRequest(data)
  })
}

/**
 * Local git first, then the diff endpoint, then the listing of files. A source whose number of files is not
 * what the pull request says is passed over: it may have found other renames than GitHub, or been cut.
 */
async function loadDiff(options: GitHubSourceOptions, pullRequest: PullRequest): Promise<LoadedDiff> {
  const local = await options.localGit?.diff(pullRequest.base.sha, pullRequest.head.sha)
  if (local) {
    const parsed = parseDiff(local)
    if (isComplete(parsed, pullRequest)) return { ...parsed, source: 'git' }
  }
  const text = await fetchDiff(options, pullRequest)
  if (text !== null) {
    const parsed = parseDiff(text)
    if (isComplete(parsed, pullRequest)) return { ...parsed, source: 'api-diff' }
  }
  const listed = await translating(readDiff, () => listChangedFiles(options.octokit, pullRequest))
  return { ...listed, source: 'api-files' }
}

function isComplete({ files, rejected }: Omit<LoadedDiff, 'source'>, { changedFiles }: PullRequest): boolean {
  return files.length + rejected.length === changedFiles
}

/** Null where GitHub refuses: 406 beyond 300 files or 20,000 lines. */
function fetchDiff(
  { octokit, repository }: GitHubSourceOptions,
  pullRequest: PullRequest,
): Promise<string | null> {
  return translating(readDiff, async () => {
    try {
      const answer = await octokit.rest.pulls.get({
        owner: repository.owner,
        repo: repository.name,
        pull_number: pullRequest.number,
        mediaType: { format: 'diff' },
      })
      const text: unknown = answer.data
      return typeof text === 'string' ? text : null
    } catch (error) {
      if (asHttpError(error)?.status === 406) return null
      throw error
    }
  })
}

async function readTree(options: GitHubSourceOptions, sha: string): Promise<Tree> {
  const local = await options.localGit?.tree(sha)
  return local ? { entries: local, truncated: false } : fetchTree(options, sha)
}

async function readBlob(
  options: GitHubSourceOptions,
  sha: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const local = await options.localGit?.blob(sha, maxBytes)
  if (local === 'too-large') return null
  if (local) return local
  return translating(readContents, async () => {
    const { data } = await options.octokit.rest.git.getBlob({
      owner: options.repository.owner,
      repo: options.repository.name,
      file_sha: sha,
    })
    if (data.encoding !== 'base64') {
      throw new ReviewError('github-rejected', 'GitHub sent a file in an encoding that was not asked for.', {
        hint: 'Run the job again; report it with the version of your GitHub server if it stays so.',
      })
    }
    const bytes = Buffer.from(data.content, 'base64')
    return bytes.length > maxBytes ? null : bytes
  })
}

function decodeText(bytes: Uint8Array | null): string | null {
  if (bytes === null || bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
