import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface GitOptions {
  /** Folders in which `git` is looked for, as in `PATH`. */
  readonly searchPath: string
  /** Folder for scratch that somebody else empties, such as `RUNNER_TEMP`. */
  readonly temporary: string
  readonly signal: AbortSignal
}

/** Output of git that reads `input`, or null where it is not installed, fails, takes too long or says too much. */
export type Git = (args: readonly string[], input?: string) => Promise<Buffer | null>

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

/** The form of a diff in which GitHub shows it, whatever the machine is set to. */
export const diffOptions = [
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

/** Git on the object database of a checkout; working tree and index are replaced by an empty folder. */
export function createRepositoryGit(gitDirectory: string, options: GitOptions): Git {
  let folder: Promise<string> | null = null
  return async (args, input = '') => {
    folder ??= mkdtemp(join(options.temporary, 'ai-review-git-'))
    const empty = await folder
    const all = [`--git-dir=${gitDirectory}`, `--work-tree=${empty}`, ...settings, ...args]
    return run(all, { ...options, cwd: empty, input })
  }
}

/** Unified diff of two files of `folder`, or of one and `/dev/null`, in no repository; '' where they are equal. */
export function diffFiles(
  folder: string,
  [before, after]: readonly [string, string],
  options: GitOptions,
): Promise<Buffer | null> {
  return run([...settings, 'diff', '--no-index', ...diffOptions, '--', before, after], {
    ...options,
    cwd: folder,
    input: '',
  })
}

interface GitRun extends GitOptions {
  readonly cwd: string
  readonly input: string
}

function run(args: readonly string[], { cwd, input, ...options }: GitRun): Promise<Buffer | null> {
  const isComparison = args.includes('--no-index')
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      args,
      {
        cwd,
        env: environment(cwd, options.searchPath),
        signal: options.signal,
        encoding: 'buffer',
        maxBuffer: maxOutput,
        timeout: timeoutMs,
        windowsHide: true,
      },
      (error, stdout) => {
        // Two files that differ end a comparison with 1.
        const isDone = error === null || (isComparison && error.code === 1)
        resolve(isDone ? stdout : null)
      },
    )
    child.stdin?.on('error', () => undefined).end(input)
  })
}

function environment(folder: string, searchPath: string): Record<string, string> {
  return {
    PATH: searchPath,
    HOME: folder,
    LC_ALL: 'C',
    GIT_CEILING_DIRECTORIES: dirname(folder),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
}
