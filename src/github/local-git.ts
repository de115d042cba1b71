import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { TreeEntry } from '../action/roles.ts'

export interface LocalGitOptions {
  /** The `.git` of a checkout: nothing beside its object database is read, and nothing is executed. */
  readonly gitDirectory: string
  /** Folders in which `git` is looked for, as in `PATH`. */
  readonly searchPath: string
  /** Folder for scratch that somebody else empties, such as `RUNNER_TEMP`. */
  readonly temporary: string
  readonly signal: AbortSignal
}

/** The commits of a checkout. Every answer is null where the checkout cannot tell: then GitHub is asked instead. */
export interface LocalGit {
  /** Unified diff from the merge base of both commits to `head`, as `git diff base...head` shows it. */
  diff(base: string, head: string): Promise<Uint8Array | null>
  tree(commit: string): Promise<readonly TreeEntry[] | null>
  /** Bytes of a blob; 'too-large' beyond `maxBytes`. */
  blob(sha: string, maxBytes: number): Promise<Uint8Array | 'too-large' | null>
}

const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
/** A diff beyond this is left to GitHub, which names what it cuts. */
const maxOutput = 64 * 1024 * 1024
const timeoutMs = 60_000

/** Settings by which a repository could make git run something, fetch something, or show a diff in another form. */
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.quotePath=true',
  'protocol.allow=never',
  'safe.directory=*',
  'diff.orderFile=/dev/null',
  'diff.suppressBlankEmpty=false',
].flatMap((setting) => ['-c', setting])

const diffOptions = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--full-index',
  '--find-renames',
  '--unified=3',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
  '--ignore-submodules=none',
]

/**
 * Reads a checkout through git. The working tree and the index are replaced by an empty folder, so that
 * `.gitattributes` of the head cannot declare a source file binary and hide it from the review.
 */
export function createLocalGit(options: LocalGitOptions): LocalGit {
  const git = createGit(options)
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
    async blob(blob, maxBytes) {
      const size = Number((await git(['cat-file', '-s', blob]))?.toString('latin1').trim() ?? Number.NaN)
      if (!Number.isInteger(size)) return null
      return size > maxBytes ? 'too-large' : git(['cat-file', 'blob', blob])
    },
  }
}

type Git = (args: readonly string[]) => Promise<Buffer | null>

function createGit({ gitDirectory, searchPath, temporary, signal }: LocalGitOptions): Git {
  const emptyFolder = memoize((folder: string) => mkdtemp(join(folder, 'ai-review-git-')))
  return async (args) => {
    const empty = await emptyFolder(temporary)
    return run([`--git-dir=${gitDirectory}`, `--work-tree=${empty}`, ...settings, ...args], {
      cwd: empty,
      env: environment(empty, searchPath),
      signal,
    })
  }
}

interface RunOptions {
  readonly cwd: string
  readonly env: Record<string, string>
  readonly signal: AbortSignal
}

function run(args: readonly string[], options: RunOptions): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      args,
      { ...options, encoding: 'buffer', maxBuffer: maxOutput, timeout: timeoutMs, windowsHide: true },
      (error, stdout) => resolve(error === null ? stdout : null),
    )
    child.stdin?.on('error', () => undefined).end()
  })
}

function environment(empty: string, searchPath: string): Record<string, string> {
  return {
    PATH: searchPath,
    HOME: empty,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_INDEX_FILE: join(empty, 'index'),
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
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
      return [{ path, kind: kindOf(mode), blob, ...(size === '-' ? {} : { size: Number(size) }) }]
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
