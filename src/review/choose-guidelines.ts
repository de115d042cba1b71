import { requestLimits } from '@ai-review/protocol/review'
import { type GuidelineKind, guidelineKind } from './guideline-kind.ts'

/** An entry of the tree at the base commit. */
interface TreeFile {
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule'
  readonly blob: string
  /** Bytes; absent where the host does not tell. */
  readonly size?: number
}

export const guidelineSkipReasons = {
  'not-a-file': 'symbolic link or submodule',
  'too-large': 'longer than 64 KiB',
  'too-many': 'more than 20 guideline files apply',
  'over-budget': 'the guideline files together are longer than 256 KiB',
  unreadable: 'not text, or longer than 64 KiB',
} as const
type GuidelineSkipReason = keyof typeof guidelineSkipReasons

export interface SkippedGuideline {
  readonly path: string
  readonly reason: GuidelineSkipReason
}

/** Root first, nearest directory last. `chosen` are the entries to read by blob, each at most `guidelineLimits.bytes` long. */
interface ChosenGuidelines<Entry extends TreeFile = TreeFile> {
  readonly chosen: readonly Entry[]
  readonly skipped: readonly SkippedGuideline[]
}

/** Bytes are those of the files as they stand in the repository. */
export const guidelineLimits = {
  files: 20,
  bytes: requestLimits.guidelineBytes,
  totalBytes: 4 * requestLimits.guidelineBytes,
} as const

type Ranked<Entry> = { readonly entry: Entry } & GuidelineKind

/** The directories above the paths, the root as ''. */
function ancestorsOf(paths: readonly string[]): ReadonlySet<string> {
  const directories = new Set([''])
  for (const path of paths) {
    let end = path.lastIndexOf('/')
    while (end > 0 && !directories.has(path.slice(0, end))) {
      directories.add(path.slice(0, end))
      end = path.lastIndexOf('/', end - 1)
    }
  }
  return directories
}

function depthOf(directory: string): number {
  return directory === '' ? 0 : directory.split('/').length
}

function rootFirst<Entry extends TreeFile>(a: Ranked<Entry>, b: Ranked<Entry>): number {
  return (
    depthOf(a.directory) - depthOf(b.directory) || a.rank - b.rank || (a.entry.path < b.entry.path ? -1 : 1)
  )
}

/**
 * The style files that speak for the changed files: those of the root and of directories above a changed file.
 * Where there are too many, what people wrote goes before configuration of tools, and the root before the rest.
 */
export function chooseGuidelines<Entry extends TreeFile>(
  entries: readonly Entry[],
  changedPaths: readonly string[],
): ChosenGuidelines<Entry> {
  const directories = ancestorsOf(changedPaths)
  const ranked = entries
    .flatMap((entry) => {
      const kind = guidelineKind(entry.path)
      return kind !== null && directories.has(kind.directory) ? [{ entry, ...kind }] : []
    })
    .sort((a, b) => a.rank - b.rank || rootFirst(a, b))
  const chosen: Ranked<Entry>[] = []
  const skipped: SkippedGuideline[] = []
  let total = 0
  for (const one of ranked) {
    const { path, kind, size = 0 } = one.entry
    const reason = skipReason({ kind, size, total, count: chosen.length })
    if (reason === null) {
      total += size
      chosen.push(one)
    } else skipped.push({ path, reason })
  }
  return { chosen: chosen.sort(rootFirst).map(({ entry }) => entry), skipped }
}

function skipReason(one: {
  kind: TreeFile['kind']
  size: number
  total: number
  count: number
}): GuidelineSkipReason | null {
  if (one.kind !== 'file') return 'not-a-file'
  if (one.size > guidelineLimits.bytes) return 'too-large'
  if (one.count >= guidelineLimits.files) return 'too-many'
  return one.total + one.size > guidelineLimits.totalBytes ? 'over-budget' : null
}
