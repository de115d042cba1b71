import { parseDiff } from '../diff/parse-diff.ts'
import { ReviewError } from '../errors.ts'
import type { LocalGit } from '../github/local-git.ts'
import type { ChangeSource, PullRequest } from '../roles.ts'

/** Reads a change from a local repository alone. */
export function createLocalSource(git: LocalGit, change: PullRequest): ChangeSource {
  const blobText = async (blob: string, maxBytes: number): Promise<string | null> => {
    const bytes = await git.blob(blob, maxBytes)
    return bytes === null || bytes === 'too-large' ? null : textOf(bytes)
  }
  const tree: ChangeSource['tree'] = async (commit) => ({
    entries: (await git.tree(commit)) ?? [],
    truncated: false,
  })
  return {
    pullRequest: async () => change,
    async diff({ base, head }) {
      const diff = await git.diff(base.sha, head.sha)
      if (diff === null) throw noDiff()
      return { ...parseDiff(diff), source: 'git' }
    },
    tree,
    blobText,
    async fileText(commit, path, maxBytes) {
      const { entries } = await tree(commit)
      const entry = entries.find((each) => each.path === path && each.kind === 'file')
      return entry === undefined ? null : blobText(entry.blob, maxBytes)
    },
  }
}

/** Text of UTF-8 bytes, or null for anything else. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function noDiff(): ReviewError {
  return new ReviewError('git-failed', 'git cannot compare the two commits.', {
    hint: 'A shallow clone lacks the history: run "git fetch --unshallow". Two branches without a common commit cannot be compared.',
  })
}
