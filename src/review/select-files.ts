import type { FileDiff, ParsedDiff } from '../diff/file-diff.ts'
import type { FileAttributes } from './git-attributes.ts'
import { matchesAny } from './globs.ts'
import type { Policy } from './policy.ts'
import type { SkipReason } from './skip-reason.ts'
import { unreviewablePath } from './unreviewable-path.ts'

/** `path` is null where not even the path could be read. */
export interface SkippedFile {
  readonly path: string | null
  /** Where the change renames it. */
  readonly previousPath?: string
  readonly reason: SkipReason
}

/** Every file of the diff stands in exactly one of the two, in the order of the diff. */
export interface Selection {
  readonly selected: readonly FileDiff[]
  readonly skipped: readonly SkippedFile[]
}

interface SelectionRules {
  readonly policy: Policy
  readonly attributesOf: (path: string) => FileAttributes
}

type Test = (file: FileDiff) => SkipReason | null

const submoduleMode = '160000'
const symlinkMode = '120000'
const minifiedLineLength = 5000

function kindOf(file: FileDiff): SkipReason | null {
  const modes = [file.oldMode, file.newMode]
  if (modes.includes(submoduleMode)) return 'submodule'
  if ((file.newMode ?? file.oldMode) === symlinkMode) return 'symlink'
  return file.binary ? 'binary' : null
}

/** A file without hunks changed nothing that a line comment could be about, unless its diff was withheld. */
function withoutHunks(file: FileDiff): SkipReason | null {
  if (file.hunks.length > 0) return null
  if (file.withheld === true || file.additions + file.deletions > 0) return 'diff-unavailable'
  if (file.status === 'renamed' || file.status === 'copied') return 'no-content-change'
  const hasKnownModes = file.oldMode !== null || file.newMode !== null
  const isModified = file.status === 'modified' || file.status === 'type-changed'
  const isExplained = hasKnownModes && (!isModified || file.oldMode !== file.newMode)
  return isExplained ? 'no-content-change' : 'diff-unavailable'
}

function hasVeryLongAddedLine(file: FileDiff): boolean {
  return file.hunks.some((hunk) =>
    hunk.lines.some((line) => line.kind === 'added' && line.text.length > minifiedLineLength),
  )
}

function testsOf({ policy, attributesOf }: SelectionRules): Test[] {
  const isIncluded = matchesAny(policy.include)
  const isExcluded = matchesAny(policy.exclude)
  return [
    kindOf,
    ({ path, previousPath = '' }) => (`${path}${previousPath}`.includes('\uFFFD') ? 'unreadable-name' : null),
    withoutHunks,
    ({ path }) => (isIncluded(path) ? null : 'not-included'),
    ({ path }) => (isExcluded(path) ? 'excluded-by-policy' : null),
    ({ path }) => (attributesOf(path).generated ? 'generated' : null),
    ({ path }) => (attributesOf(path).vendored ? 'vendored' : null),
    ({ path }) => unreviewablePath(path),
    (file) => (hasVeryLongAddedLine(file) ? 'minified' : null),
    (file) => (file.additions + file.deletions > policy['max-changed-lines'] ? 'too-large' : null),
  ]
}

/** A file that is not reviewed, with the path under which earlier findings may know it. */
export function skippedFile({ path, status, previousPath }: FileDiff, reason: SkipReason): SkippedFile {
  return status === 'renamed' && previousPath !== undefined
    ? { path, previousPath, reason }
    : { path, reason }
}

/** Decides for every file of the diff whether it is reviewed; the first reason that holds is the one told. */
export function selectFiles(diff: ParsedDiff, rules: SelectionRules): Selection {
  const tests = testsOf(rules)
  const selected: FileDiff[] = []
  const skipped: SkippedFile[] = []
  for (const file of diff.files) {
    const reason = tests.reduce<SkipReason | null>((found, test) => found ?? test(file), null)
    const isBeyondCap = selected.length >= rules.policy['max-files']
    const final = reason ?? (isBeyondCap ? 'too-many-files' : null)
    if (final === null) selected.push(file)
    else skipped.push(skippedFile(file, final))
  }
  for (const { path } of diff.rejected) skipped.push({ path, reason: 'unreadable-diff' })
  return { selected, skipped }
}
