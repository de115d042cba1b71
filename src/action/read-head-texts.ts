import type { FileDiff } from '../diff/file-diff.ts'
import type { ChangeSource, LoadedDiff, PullRequest } from '../roles.ts'

/** Whole texts help a reviewer but cost a request each where GitHub is asked, of 1,000 an hour for all workflows. */
const limits = { bytes: 262_144, totalLength: 12_000_000, filesOverApi: 20, atOnce: 8 } as const

interface HeadTexts {
  readonly pullRequest: PullRequest
  readonly diff: LoadedDiff
  readonly selected: readonly FileDiff[]
}

/** Text after the change by path, of as many selected files as the limits allow, in their order. */
export async function readHeadTexts(
  source: ChangeSource,
  { pullRequest, diff, selected }: HeadTexts,
): Promise<ReadonlyMap<string, string>> {
  const files = selected.filter(({ status }) => status !== 'deleted')
  const wanted = diff.source === 'git' ? files : files.slice(0, limits.filesOverApi)
  const texts = new Map<string, string>()
  let room: number = limits.totalLength
  for (let start = 0; start < wanted.length && room > 0; start += limits.atOnce) {
    const batch = wanted.slice(start, start + limits.atOnce)
    const read = await Promise.all(
      batch.map(({ path }) => source.fileText(pullRequest.head.sha, path, limits.bytes)),
    )
    for (const [index, { path }] of batch.entries()) {
      const text = read[index] ?? null
      if (text === null || text.length > room) continue
      texts.set(path, text)
      room -= text.length
    }
  }
  return texts
}
