import { z } from 'zod'
import type { FileDiff, FileDiffStatus, ParsedDiff, RejectedFile } from '../../diff/file-diff.ts'
import { type ParsedPatch, parsePatch } from '../../diff/patch-of-file.ts'
import type { PullRequest } from '../../roles.ts'
import { numbered } from '../client/address.ts'
import { ListedFile } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'

/**
 * Rows behind 20,000 lines of patches in one answer come back without patch and with no changes, but whole in a
 * smaller page: such rows are read again in ever smaller pages, each size a divisor of the one before.
 */
const pageSizes = [100, 20, 5, 1] as const
const [pageSize] = pageSizes
const linesOfLostPatches = 10_000
/** Requests for smaller pages in one run; rows beyond keep the patch they lack and are told as not reviewed. */
const mostRereads = 60
/** GitHub lists no more files than this: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const maxPages = 30

const statuses: Readonly<Record<string, FileDiffStatus>> = {
  added: 'added',
  removed: 'deleted',
  modified: 'modified',
  changed: 'modified',
  unchanged: 'modified',
  renamed: 'renamed',
  copied: 'copied',
}

/**
 * The change file by file, without modes; a file that GitHub shows no usable patch of is `withheld`.
 * Files beyond GitHub's listing are one rejected entry each, without a path.
 */
export async function listChangedFiles(octokit: Octokit, pullRequest: PullRequest): Promise<ParsedDiff> {
  const listing: Listing = { octokit, pullRequest, rereadsLeft: mostRereads, hasShortPages: false }
  const rows: ListedFile[] = []
  for (let page = 1; page <= maxPages; page++) {
    const listed = await fetchWhole(listing, page, 0)
    rows.push(...listed)
    const isShort = listed.length < pageSize
    if (listed.length === 0 || (isShort && rows.length >= pullRequest.changedFiles)) break
    listing.hasShortPages ||= isShort
  }
  const parsed = rows.map(toFileDiff)
  return {
    files: parsed.flatMap((file) => ('reason' in file ? [] : [file])),
    rejected: [
      ...parsed.filter((file) => 'reason' in file),
      ...missing(pullRequest.changedFiles - rows.length),
    ],
  }
}

interface Listing {
  readonly octokit: Octokit
  readonly pullRequest: PullRequest
  rereadsLeft: number
  /** The host gives fewer rows a page than asked for: then nobody can tell which smaller page holds a row. */
  hasShortPages: boolean
}

/** A page of the size at `level`, with the patches that a page of that size loses. */
async function fetchWhole(listing: Listing, page: number, level: number): Promise<ListedFile[]> {
  const size = pageSizes[level] ?? 1
  const smaller = pageSizes[level + 1]
  const rows = await fetchPage(listing, page, size)
  const lines = rows.reduce((sum, row) => sum + row.additions + row.deletions, 0)
  if (smaller === undefined || lines < linesOfLostPatches) return rows
  const parts = Array.from({ length: Math.ceil(rows.length / smaller) }, (_, part) => part)
  const whole: ListedFile[] = []
  for (const part of parts) {
    const kept = rows.slice(part * smaller, (part + 1) * smaller)
    const isReread = kept.some(lacksPatch) && listing.rereadsLeft > 0 && !listing.hasShortPages
    if (isReread) listing.rereadsLeft--
    const firstPart = ((page - 1) * size) / smaller + 1
    whole.push(...(isReread ? await fetchWhole(listing, firstPart + part, level + 1) : kept))
  }
  return whole
}

/** True for rows that lost their patch, and for empty files and changes of mode, which are read again in vain. */
function lacksPatch(row: ListedFile): boolean {
  return row.patch === undefined && row.additions + row.deletions === 0 && row.status !== 'renamed'
}

async function fetchPage(
  { octokit, pullRequest }: Listing,
  page: number,
  size: number,
): Promise<ListedFile[]> {
  const { data } = await octokit.rest.pulls.listFiles({
    ...numbered(pullRequest),
    per_page: size,
    page,
  })
  return z.array(ListedFile).parse(data)
}

/** A row of a listing of changed files, of a pull request or of a comparison. */
export function toFileDiff(row: ListedFile): FileDiff | RejectedFile {
  const status = statuses[row.status]
  if (status === undefined)
    return { path: row.filename, reason: 'GitHub tells a kind of change that is not known.' }
  const patch = row.patch === undefined ? null : usable(parsePatch(row.patch))
  return {
    path: row.filename,
    ...(row.previous_filename === undefined ? {} : { previousPath: row.previous_filename }),
    status,
    oldMode: null,
    newMode: null,
    binary: false,
    ...(patch === null ? { withheld: true } : {}),
    hunks: patch?.hunks ?? [],
    additions: row.additions,
    deletions: row.deletions,
    noNewlineOld: patch?.noNewlineOld ?? false,
    noNewlineNew: patch?.noNewlineNew ?? false,
  }
}

function usable(patch: ParsedPatch) {
  return patch.kind === 'patch' ? patch : null
}

function missing(count: number): RejectedFile[] {
  return Array.from({ length: Math.max(0, count) }, () => ({
    path: null,
    reason: 'GitHub lists 3,000 files of a pull request at most.',
  }))
}
