import type { TreeEntry } from '../../roles.ts'
import { readBlobs } from './local-blobs.ts'
import { createRepositoryGit, diffOptions, type GitOptions } from './run-git.ts'

interface LocalGitOptions extends GitOptions {
  /** The `.git` of a checkout: nothing beside its object database is read, and nothing is executed. */
  readonly gitDirectory: string
}

/** The commits of a checkout. Every answer is null where the checkout cannot tell: then GitHub is asked instead. */
export interface LocalGit {
  /** Unified diff from the merge base of both commits to `head`, as `git diff base...head` shows it. */
  diff(base: string, head: string): Promise<Uint8Array | null>
  tree(commit: string): Promise<readonly TreeEntry[] | null>
  /** Bytes of blobs; 'too-large' beyond `maxBytes`. Those that it cannot tell are absent. */
  blobs(shas: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Uint8Array | 'too-large'>>
}

const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/**
 * Reads a checkout through git. The working tree and the index are replaced by an empty folder, so that
 * `.gitattributes` of the head cannot declare a source file binary and hide it from the review.
 */
export function createLocalGit(options: LocalGitOptions): LocalGit {
  const git = createRepositoryGit(options.gitDirectory, options)
  const hasCommit = memoize(async (commit: string) => {
    const answer = await git(['cat-file', '-e', `${commit}^{commit}`])
    return answer !== null
  })
  return {
    async diff(base, head) {
      if (!(await hasCommit(base)) || !(await hasCommit(head))) return null
      // The history of a shallow clone is cut, so its merge base may be wrong or missing.
      if ((await git(['rev-parse', '--is-shallow-repository']))?.toString('latin1').trim() !== 'false')
        return null
      const mergeBase = (await git(['merge-base', base, head]))?.toString('latin1').trim()
      if (mergeBase === undefined || !sha.test(mergeBase)) return null
      return git(['diff', ...diffOptions, mergeBase, head, '--'])
    },
    async tree(commit) {
      if (!(await hasCommit(commit))) return null
      const listing = await git(['ls-tree', '-r', '-z', '--long', '--full-tree', commit])
      return listing === null ? null : parseTree(listing)
    },
    blobs: (shas, maxBytes) => readBlobs(git, shas, maxBytes),
  }
}

/** `<mode> SP <type> SP <object> SP+ <size> TAB <path> NUL`; a path that is not UTF-8 cannot be named to GitHub and is left out. */
function parseTree(listing: Buffer): TreeEntry[] {
  return listing
    .toString('utf8')
    .split('\0')
    .flatMap((row) => {
      const match = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(row)
      const [, mode, blob, size, path] = match ?? []
      if (mode === undefined || blob === undefined || path === undefined || path.includes('\uFFFD')) return []
      return [{ path, kind: kindOf(mode), mode, blob, ...(size === '-' ? {} : { size: Number(size) }) }]
    })
}

/** Kind of a tree entry by its mode; 040000 never occurs in a recursive listing of git. */
export function kindOf(mode: string): TreeEntry['kind'] {
  if (mode === '120000') return 'symlink'
  return mode === '160000' ? 'submodule' : 'file'
}

function memoize<T>(compute: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}
