import { createHash } from 'node:crypto'
import type { FileToReview, Hunk, HunkLine } from '@ai-review/protocol/change'
import type { Effort } from '@ai-review/protocol/review'
import { ReviewRequest, type ReviewRequestInput } from '@ai-review/protocol/review'
import type { PipelineRun } from '../../runner/model-server/src/review/pipeline-contract.ts'

/** A hunk from lines as a diff writes them: '+added', '-deleted', ' context', at line `start` on both sides. */
export function aHunk(lines: readonly string[], start = 1): Hunk {
  let oldLine = start
  let newLine = start
  const read = (line: string): HunkLine => {
    const text = line.slice(1)
    if (line.startsWith('+')) return { kind: 'added', text, newLine: newLine++ }
    if (line.startsWith('-')) return { kind: 'deleted', text, oldLine: oldLine++ }
    return { kind: 'context', text, oldLine: oldLine++, newLine: newLine++ }
  }
  const shown = lines.map(read)
  return {
    oldStart: start,
    oldLines: oldLine - start,
    newStart: start,
    newLines: newLine - start,
    section: '',
    identity: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
    lines: shown,
  }
}

/** A changed file of one hunk that starts at its first line, so that its head text is the hunk's new side. */
export function aChangedFile(lines: readonly string[], overrides: Partial<FileToReview> = {}): FileToReview {
  const hunk = aHunk(lines)
  const newSide = hunk.lines.filter((line) => line.kind !== 'deleted').map((line) => `${line.text}\n`)
  return { path: 'src/app.ts', status: 'modified', hunks: [hunk], headText: newSide.join(''), ...overrides }
}

/** A valid request for these files; `changedFiles` lists them. */
export function aReviewRequest(
  files: readonly FileToReview[],
  overrides: Partial<ReviewRequestInput> = {},
): ReviewRequest {
  return ReviewRequest.parse({
    repository: { id: 7, owner: 'acme', name: 'shop' },
    change: { number: 12, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
    policyHash: '0'.repeat(64),
    deadlineMs: 60_000,
    changedFiles: files.map(({ path, status }) => ({ path, status, additions: 1, deletions: 0 })),
    files,
    ...overrides,
  })
}

/** How a review is run: `standard`, a minute, never cancelled. */
export function aRun(overrides: Partial<PipelineRun> & { readonly effort?: Effort } = {}): PipelineRun {
  return {
    effort: 'standard',
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    priority: 0,
    onProgress: () => {},
    ...overrides,
  }
}
