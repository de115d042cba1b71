import type { FileDiff } from './file-diff.ts'

/** What a mode says about the kind of entry: '100' a file, '120' a symlink, '160' a submodule. */
export function typeOfMode(mode: string): string {
  return mode.slice(0, 3)
}

function isTypeChange(deleted: FileDiff, added: FileDiff): boolean {
  return (
    deleted.status === 'deleted' &&
    added.status === 'added' &&
    deleted.path === added.path &&
    deleted.oldMode !== null &&
    added.newMode !== null &&
    typeOfMode(deleted.oldMode) !== typeOfMode(added.newMode)
  )
}

function join(deleted: FileDiff, added: FileDiff): FileDiff {
  return {
    path: added.path,
    status: 'type-changed',
    oldMode: deleted.oldMode,
    newMode: added.newMode,
    binary: deleted.binary || added.binary,
    hunks: [...deleted.hunks, ...added.hunks],
    additions: added.additions,
    deletions: deleted.deletions,
    noNewlineOld: deleted.noNewlineOld,
    noNewlineNew: added.noNewlineNew,
  }
}

/**
 * Git writes a file that became a symlink or a submodule as a deletion followed by an addition of the same path.
 * GitHub counts it as one changed file, so it is one here.
 */
export function joinTypeChanges(files: readonly FileDiff[]): FileDiff[] {
  const joined: FileDiff[] = []
  for (const file of files) {
    const before = joined.at(-1)
    if (before !== undefined && isTypeChange(before, file)) joined[joined.length - 1] = join(before, file)
    else joined.push(file)
  }
  return joined
}
