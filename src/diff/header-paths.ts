import type { FileHeader } from './file-header.ts'
import { type GitName, readGitName, stripDirectories } from './git-name.ts'

/** The paths of a file without their prefixes; null where that side does not exist. */
export type HeaderPaths =
  | { readonly kind: 'paths'; readonly old: string | null; readonly new: string | null }
  | { readonly kind: 'unreadable'; readonly reason: string }

const NO_FILE = '/dev/null'

/** The two names behind `diff --git `, where they can be told apart without a further line. */
function splitNames(names: string): readonly [string, string] | null {
  if (names.startsWith('"')) {
    const left = readGitName(names)
    if (left.kind === 'unreadable') return null
    const right = readGitName(left.rest.slice(1))
    return right.kind === 'name' ? [left.name, right.name] : null
  }
  // Plain names may hold blanks. Only equal paths stand here alone, and git's prefixes are of one length,
  // so the blank between them is the one in the middle.
  const middle = (names.length - 1) / 2
  return names[middle] === ' ' ? [names.slice(0, middle), names.slice(middle + 1)] : null
}

/** How many leading directories are prefix: none where both names agree as they stand. */
function gitPrefixDepth(names: string): number {
  const pair = splitNames(names)
  return pair !== null && pair[0] === pair[1] ? 0 : 1
}

function unifiedPrefixDepth(oldName: string, newName: string): number {
  const oldFits = oldName === NO_FILE || oldName.startsWith('a/')
  const newFits = newName === NO_FILE || newName.startsWith('b/')
  return oldFits && newFits ? 1 : 0
}

function fromNames(
  oldName: GitName,
  newName: GitName,
  depth: (old: string, next: string) => number,
): HeaderPaths {
  if (oldName.kind === 'unreadable') return oldName
  if (newName.kind === 'unreadable') return newName
  const count = depth(oldName.name, newName.name)
  const pathOf = (name: string) => (name === NO_FILE ? null : stripDirectories(name, count))
  const paths = { old: pathOf(oldName.name), new: pathOf(newName.name) }
  if (paths.old === '' || paths.new === '') return { kind: 'unreadable', reason: 'a name is empty' }
  if (paths.old === null && paths.new === null)
    return { kind: 'unreadable', reason: 'neither side names a file' }
  return { kind: 'paths', ...paths }
}

function fromMove(from: GitName | null, to: GitName | null): HeaderPaths {
  if (from === null || to === null)
    return { kind: 'unreadable', reason: 'a rename or copy names one side only' }
  return fromNames(from, to, () => 0)
}

function fromGitLine(names: string, header: FileHeader, depth: number): HeaderPaths {
  if (names.startsWith('"')) {
    const left = readGitName(names)
    if (left.kind === 'unreadable') return left
  }
  const pair = splitNames(names)
  const path = pair === null ? '' : stripDirectories(pair[0], depth)
  if (pair === null || path === '' || path !== stripDirectories(pair[1], depth)) {
    return { kind: 'unreadable', reason: 'the header does not tell which file is meant' }
  }
  if (path.includes('\uFFFD')) return { kind: 'unreadable', reason: 'the name is not UTF-8' }
  return { kind: 'paths', old: header.isNew ? null : path, new: header.isDeleted ? null : path }
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
    if (oldName === null || newName === null)
      return { kind: 'unreadable', reason: 'the header names no file' }
    return fromNames(oldName, newName, (old, next) => strip ?? unifiedPrefixDepth(old, next))
  }
  const depth = strip ?? gitPrefixDepth(names)
  if (oldName !== null && newName !== null) return fromNames(oldName, newName, () => depth)
  return fromGitLine(names, header, depth)
}
