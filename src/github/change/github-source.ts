import { parseDiff } from '../../diff/parse-diff.ts'
import type { ChangeSource, LoadedDiff, PullRequest, TreeEntry } from '../../roles.ts'
import { readPullRequest } from '../client/github-objects.ts'
import { asHttpError, translating } from '../client/translate-error.ts'
import { type AskedPullRequest, askPullRequest } from './ask-pull-request.ts'
import { createBlobTexts } from './blob-texts.ts'
import { type ChangeEnds, completeListing } from './complete-listing.ts'
import { diffBlobs } from './diff-blobs.ts'
import { fetchEntry, fetchMergeBase, fetchTree, type Tree } from './github-tree.ts'
import { listChangedFiles } from './list-changed-files.ts'
import { type BlobPlace, readBlob } from './read-blob.ts'
import type { GitOptions } from './run-git.ts'

interface GitHubSourceOptions extends BlobPlace {
  /** How git is run on files that GitHub shows no difference of. */
  readonly git: GitOptions
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number
  /** A pull request that was asked for already: its answer is taken. */
  readonly asked?: AskedPullRequest
}

interface Change {
  readonly pullRequest: PullRequest
  readonly tree: (sha: string) => Promise<Tree>
  readonly entryAt: (sha: string, path: string) => Promise<TreeEntry | undefined>
}

const readDiff = { doing: 'reading the diff', permission: 'pull-requests: read' }

/** Reads a change from a local checkout where it holds the commits, else over the REST API. */
export function createGitHubSource(options: GitHubSourceOptions): ChangeSource {
  const trees = new Map<string, Promise<Tree>>()
  const sizes = new Map<string, number>()
  const tree = (sha: string): Promise<Tree> => {
    const known = trees.get(sha) ?? readTree(options, sha, sizes)
    trees.set(sha, known)
    return known
  }
  const entryAt = async (sha: string, path: string): Promise<TreeEntry | undefined> => {
    const { entries, truncated } = await tree(sha)
    const listed = entries.find((entry) => entry.path === path)
    return listed ?? (truncated ? fetchEntry(options, sha, path) : undefined)
  }
  const readTexts = createBlobTexts({ ...options, sizeOf: (blob) => sizes.get(blob) })
  return {
    pullRequest: (number) => fetchPullRequest(options, number),
    diff: (pullRequest) => loadDiff(options, { pullRequest, tree, entryAt }),
    tree,
    blobTexts: (blobs, maxBytes, mostAlone = Number.POSITIVE_INFINITY) =>
      readTexts({ blobs, maxBytes, mostAlone }),
    async fileText(sha, path, maxBytes) {
      const entry = await entryAt(sha, path)
      if (entry?.kind !== 'file' || (entry.size ?? 0) > maxBytes) return null
      return (await readTexts({ blobs: [entry.blob], maxBytes, mostAlone: 1 })).get(entry.blob) ?? null
    },
  }
}

function fetchPullRequest(
  { octokit, repository, asked }: GitHubSourceOptions,
  number: number,
): Promise<PullRequest> {
  return translating({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
    const { answer } = asked?.number === number ? asked : askPullRequest(octokit, { repository, number })
    return readPullRequest(await answer)
  })
}

/**
 * Local git first, then the diff endpoint, then the listing of files. A source whose number of files is not
 * what the pull request says is passed over: it may have found other renames than GitHub, or been cut.
 */
async function loadDiff(options: GitHubSourceOptions, change: Change): Promise<LoadedDiff> {
  const { pullRequest } = change
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
  const completed = await completeListing(listed, await endsOf(options, change))
  return { ...completed, source: 'api-files' }
}

async function endsOf(options: GitHubSourceOptions, change: Change): Promise<ChangeEnds> {
  const { base, head } = change.pullRequest
  const shas = { before: await fetchMergeBase(options, base.sha, head.sha), after: head.sha }
  const [before, after] = await Promise.all([change.tree(shas.before), change.tree(shas.after)])
  const entries = { before: byPath(before), after: byPath(after) }
  return {
    entry: (end, path) => entries[end].get(path),
    findEntry: async (end, path) => entries[end].get(path) ?? change.entryAt(shas[end], path),
    blob: (sha, maxBytes) => readBlob(options, sha, maxBytes),
    diff: (pair) => diffBlobs(pair, options.git),
    timeLeft: options.timeLeft,
  }
}

function byPath({ entries }: Tree): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]))
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

/** A tree; what it tells of the sizes of its blobs is kept in `sizes`. */
async function readTree(
  options: GitHubSourceOptions,
  sha: string,
  sizes: Map<string, number>,
): Promise<Tree> {
  const local = await options.localGit?.tree(sha)
  const tree = local ? { entries: local, truncated: false } : await fetchTree(options, sha)
  for (const { blob, size } of tree.entries) if (size !== undefined) sizes.set(blob, size)
  return tree
}
