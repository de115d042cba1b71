import { z } from 'zod'
import type { PullRequest } from '../action/roles.ts'
import type { FileDiff, FileDiffStatus, ParsedDiff, RejectedFile } from '../diff/file-diff.ts'
import { parsePatch } from '../diff/patch-of-file.ts'
import { ListedFile } from './github-objects.ts'
import type { Octokit } from './octokit.ts'

const pageSize = 100
/** A page whose patches pass 20,000 lines loses the patches behind; a fifth of the page is read again then. */
const smallPageSize = 20
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

/** The change file by file. Files beyond GitHub's listing are one rejected entry each, without a path. */
export async function listChangedFiles(octokit: Octokit, pullRequest: PullRequest): Promise<ParsedDiff> {
  const rows: ListedFile[] = []
  for (let page = 1; page <= maxPages; page++) {
    const listed = await fetchPage(octokit, pullRequest, { page, size: pageSize })
    rows.push(...(lostPatches(listed) ? await fetchInSmallPages(octokit, pullRequest, page) : listed))
    if (listed.length < pageSize) break
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

interface Page {
  readonly page: number
  readonly size: number
}

async function fetchPage(
  octokit: Octokit,
  pullRequest: PullRequest,
  { page, size }: Page,
): Promise<ListedFile[]> {
  const { data } = await octokit.rest.pulls.listFiles({
    owner: pullRequest.repository.owner,
    repo: pullRequest.repository.name,
    pull_number: pullRequest.number,
    per_page: size,
    page,
  })
  return z.array(ListedFile).parse(data)
}

/** Rows that lost their patch come back with no changes at all, which an edited file never has. */
function lostPatches(rows: readonly ListedFile[]): boolean {
  const lines = rows.reduce((sum, row) => sum + row.additions + row.deletions, 0)
  return lines >= 10_000 && rows.some((row) => row.patch === undefined && row.additions + row.deletions === 0)
}

async function fetchInSmallPages(
  octokit: Octokit,
  pullRequest: PullRequest,
  page: number,
): Promise<ListedFile[]> {
  const perPage = pageSize / smallPageSize
  const rows: ListedFile[] = []
  for (let part = 1; part <= perPage; part++) {
    const listed = await fetchPage(octokit, pullRequest, {
      page: (page - 1) * perPage + part,
      size: smallPageSize,
    })
    rows.push(...listed)
  }
  return rows
}

function toFileDiff(row: ListedFile): FileDiff | RejectedFile {
  const status = statuses[row.status]
  if (status === undefined)
    return { path: row.filename, reason: 'GitHub tells a kind of change that is not known.' }
  const patch = row.patch === undefined ? null : parsePatch(row.patch)
  if (patch?.kind === 'rejected') return { path: row.filename, reason: patch.reason }
  return {
    path: row.filename,
    ...(row.previous_filename === undefined ? {} : { previousPath: row.previous_filename }),
    status,
    oldMode: null,
    newMode: null,
    binary: false,
    hunks: patch?.hunks ?? [],
    additions: row.additions,
    deletions: row.deletions,
    noNewlineOld: patch?.noNewlineOld ?? false,
    noNewlineNew: patch?.noNewlineNew ?? false,
  }
}

function missing(count: number): RejectedFile[] {
  return Array.from({ length: Math.max(0, count) }, () => ({
    path: null,
    reason: 'GitHub lists 3,000 files of a pull request at most.',
  }))
}
