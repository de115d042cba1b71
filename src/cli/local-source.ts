import { parseDiff } from '../diff/parse-diff.ts'
import { ReviewError } from '../errors.ts'
import type { LocalGit } from '../github/change/local-git.ts'
import { decodeText } from '../github/change/read-blob.ts'
import type { ChangeSource, PullRequest } from '../roles.ts'

/** Reads a change from a local repository alone. */
export function createLocalSource(git: LocalGit, change: PullRequest): ChangeSource {
  const blobTexts: ChangeSource['blobTexts'] = async (blobs, maxBytes) => {
    const read = await git.blobs(blobs, maxBytes)
    return new Map(
      blobs.map((blob) => {
        const bytes = read.get(blob) ?? null
        return [blob, bytes === 'too-large' ? null : decodeText(bytes)]
      }),
    )
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
    blobTexts,
    async fileText(commit, path, maxBytes) {
      const { entries } = await tree(commit)
      const entry = entries.find((each) => each.path === path && each.kind === 'file')
      return entry === undefined ? null : ((await blobTexts([entry.blob], maxBytes)).get(entry.blob) ?? null)
    },
  }
}

function noDiff(): ReviewError {
  return new ReviewError('git-failed', 'git cannot compare the two commits.', {
    hint: 'A shallow clone lacks the history: run "git fetch --unshallow". Two branches without a common commit cannot be compared.',
  })
}
