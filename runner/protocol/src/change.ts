import { z } from 'zod'

/** Which side of the diff a line stands on, in GitHub's words: LEFT holds deletions, RIGHT additions and context. */
export const Side = z.enum(['LEFT', 'RIGHT'])
export type Side = z.infer<typeof Side>

const LineNumber = z.int().min(1).max(10_000_000)
const Path = z.string().min(1).max(4096)

/** One line of a hunk. `oldLine`/`newLine` are 1-based line numbers in the file before and after the change. */
export const HunkLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), text: z.string(), newLine: LineNumber }),
  z.strictObject({ kind: z.literal('deleted'), text: z.string(), oldLine: LineNumber }),
  z.strictObject({ kind: z.literal('context'), text: z.string(), oldLine: LineNumber, newLine: LineNumber }),
])
export type HunkLine = z.infer<typeof HunkLine>

/** A contiguous piece of a unified diff. `identity` names its content whatever its position: it survives a rebase. */
export const Hunk = z.strictObject({
  oldStart: z.int().min(0),
  oldLines: z.int().min(0),
  newStart: z.int().min(0),
  newLines: z.int().min(0),
  section: z.string().max(500),
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.array(HunkLine).min(1),
})
export type Hunk = z.infer<typeof Hunk>

export const FileStatus = z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed'])
export type FileStatus = z.infer<typeof FileStatus>

/** A file selected for review. `headText` is its whole text after the change, where the Action could read it. */
export const FileToReview = z.strictObject({
  path: Path,
  previousPath: Path.optional(),
  status: FileStatus,
  hunks: z.array(Hunk).min(1),
  headText: z.string().max(2_000_000).optional(),
})
export type FileToReview = z.infer<typeof FileToReview>

/** Every file of the change, reviewed or not, so that the model knows the neighbourhood. */
export const ChangedFile = z.strictObject({
  path: Path,
  status: FileStatus,
  additions: z.int().min(0),
  deletions: z.int().min(0),
})
export type ChangedFile = z.infer<typeof ChangedFile>
