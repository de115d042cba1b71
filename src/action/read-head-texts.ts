import type { Ledger } from '@ai-review/protocol/seal'
import type { FileDiff } from '../diff/file-diff.ts'
import { ledgerName } from '../review/ledger-name.ts'
import type { ChangeSource, LoadedDiff, PullRequest, TreeEntry } from '../roles.ts'

/**
 * Whole texts help a reviewer but cost requests where GitHub is asked, of 1,000 an hour for all workflows: one for some
 * fifty files, and one for each file that GitHub does not tell so.
 */
const limits = { bytes: 262_144, totalBytes: 12_000_000, filesOverApi: 300, alone: 20 } as const

interface HeadTexts {
  readonly pullRequest: PullRequest
  readonly diff: LoadedDiff
  readonly selected: readonly FileDiff[]
  /**
   * Files whose hunks they all name are not read again, so their texts are not needed. They need not be believed: whoever
   * forges one takes from the reviewers the surroundings of the hunks, not the hunks.
   */
  readonly ledgers: readonly Ledger[]
}

/** Text after the change by path, of as many selected files as the limits allow, in their order. */
export async function readHeadTexts(
  source: ChangeSource,
  { pullRequest, diff, selected, ledgers }: HeadTexts,
): Promise<ReadonlyMap<string, string>> {
  const named = new Set(ledgers.flatMap(({ hunks }) => hunks))
  const files = selected.filter((file) => file.status !== 'deleted' && !isSettled(file, named))
  const wanted = diff.source === 'git' ? files : files.slice(0, limits.filesOverApi)
  if (wanted.length === 0) return new Map()
  const head = pullRequest.head.sha
  const { entries, truncated } = await source.tree(head)
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const found = withinTotal(wanted.flatMap(({ path }) => byPath.get(path) ?? []))
  const texts = await source.blobTexts(
    found.map(({ blob }) => blob),
    limits.bytes,
    limits.alone,
  )
  const unlisted = truncated ? wanted.filter(({ path }) => !byPath.has(path)).slice(0, limits.alone) : []
  const alone = await Promise.all(
    unlisted.map(async ({ path }) => [path, await source.fileText(head, path, limits.bytes)] as const),
  )
  const read = [...found.map(({ path, blob }) => [path, texts.get(blob)] as const), ...alone]
  return new Map(read.flatMap(([path, text]) => (text == null ? [] : [[path, text] as const])))
}

function isSettled({ path, hunks }: FileDiff, named: ReadonlySet<string>): boolean {
  return hunks.every((hunk) => named.has(ledgerName(path, hunk)))
}

function withinTotal(entries: readonly TreeEntry[]): TreeEntry[] {
  let room: number = limits.totalBytes
  return entries.filter(({ kind, size = limits.bytes }) => {
    if (kind !== 'file' || size > limits.bytes || size > room) return false
    room -= size
    return true
  })
}
