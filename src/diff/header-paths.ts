import type { FileHeader } from './file-header.ts'
import { type GitName, readGitName, stripDirectories } from './git-name.ts'

interface Unreadable {
  readonly kind: 'unreadable'
  readonly reason: string
}

/** The paths of a file without their prefixes; null where that side does not exist. */
export type HeaderPaths =
  | { readonly kind: 'paths'; readonly old: string | null; readonly new: string | null }
  | Unreadable

const NO_FILE = '/dev/null'

function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason }
}

const NOT_TOLD = unreadable('the header does not tell which file is meant')

function pathsOf(oldPath: string | null, newPath: string | null): HeaderPaths {
  if (oldPath === null && newPath === null) return unreadable('neither side names a file')
  if (oldPath === '' || newPath === '') return unreadable('a name is empty')
  return { kind: 'paths', old: oldPath, new: newPath }
}

/** The two names behind `diff --git `, where they can be told apart without a further line. */
function splitNames(names: string): readonly [GitName, GitName] {
  if (names.startsWith('"')) {
    const left = readGitName(names)
    return [left, left.kind === 'name' ? readGitName(left.rest.slice(1)) : left]
  }
  // Plain names may hold blanks. Only equal paths stand here alone, and git's prefixes are of one length,
  // so the blank between them is the one in the middle.
  const middle = (names.length - 1) / 2
  if (names[middle] !== ' ') return [NOT_TOLD, NOT_TOLD]
  return [readGitName(names.slice(0, middle)), readGitName(names.slice(middle + 1))]
}

/** How many leading directories are prefix: none where both names agree as they stand. */
function gitPrefixDepth(names: string): number {
  const [left, right] = splitNames(names)
  return left.kind === 'name' && right.kind === 'name' && left.name === right.name ? 0 : 1
}

function unifiedPrefixDepth(oldName: GitName, newName: GitName): number {
  const fits = (side: GitName, prefix: string) =>
    side.kind === 'name' && (side.name === NO_FILE || side.name.startsWith(prefix))
  return fits(oldName, 'a/') && fits(newName, 'b/') ? 1 : 0
}

function fromNames(oldName: GitName, newName: GitName, depth: number): HeaderPaths {
  if (oldName.kind === 'unreadable') return oldName
  if (newName.kind === 'unreadable') return newName
  const pathOf = (name: string) => (name === NO_FILE ? null : stripDirectories(name, depth))
  return pathsOf(pathOf(oldName.name), pathOf(newName.name))
}

function fromMove(from: GitName | null, to: GitName | null): HeaderPaths {
  if (from === null || to === null) return unreadable('a rename or copy names one side only')
  return fromNames(from, to, 0)
}

function fromGitLine(names: string, header: FileHeader, depth: number): HeaderPaths {
  const paths = fromNames(...splitNames(names), depth)
  if (paths.kind === 'unreadable') return paths
  if (paths.old !== paths.new) return NOT_TOLD
  return pathsOf(header.isNew ? null : paths.old, header.isDeleted ? null : paths.new)
}

/**
 * The paths that a header names. Lines that hold one name each are believed before the first line, whose two names
 * share it with no mark between them. `strip` is the number of leading directories that are prefix; left out, it is
 * told from the names: `a/x b/x` has one, `x x` none.
 */
export function headerPaths(header: FileHeader, strip: number | undefined): HeaderPaths {
  const { names, from, to, oldName, newName } = header
  if (from !== null || to !== null) return fromMove(from, to)
  if (names === null) {
    if (oldName === null || newName === null) return NOT_TOLD
    return fromNames(oldName, newName, strip ?? unifiedPrefixDepth(oldName, newName))
  }
  const depth = strip ?? gitPrefixDepth(names)
  if (oldName === null || newName === null) return fromGitLine(names, header, depth)
  return fromNames(oldName, newName, depth)
}
