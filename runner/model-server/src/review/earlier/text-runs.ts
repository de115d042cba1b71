import type { FileToReview, Hunk, HunkLine } from '@ai-review/protocol/change'
import { placeOf } from '../diff-lines.ts'
import { plainText } from '../identity.ts'

/** Lines of one side of a hunk without a gap: those that one finding can flag together. */
export interface TextRun {
  readonly file: FileToReview
  readonly hunk: Hunk
  /** Each line as `plainText` gives it. */
  readonly lines: readonly string[]
}

function runsOfSide(lines: readonly HunkLine[]): string[][] {
  const runs: string[][] = []
  let next = 0
  for (const line of lines) {
    const { line: number } = placeOf(line)
    const run = runs.at(-1)
    if (run === undefined || number !== next) runs.push([plainText([line.text])])
    else run.push(plainText([line.text]))
    next = number + 1
  }
  return runs
}

/** Every run of the change, in order. */
export function textRuns(files: readonly FileToReview[]): TextRun[] {
  return files.flatMap((file) =>
    file.hunks.flatMap((hunk) => {
      const { LEFT = [], RIGHT = [] } = Object.groupBy(hunk.lines, (line) => placeOf(line).side)
      return [...runsOfSide(RIGHT), ...runsOfSide(LEFT)].map((lines) => ({ file, hunk, lines }))
    }),
  )
}

/** The text of `count` lines from `start`, as `plainText` gives it of them together. */
export function textOfRun({ lines }: TextRun, start: number, count: number): string {
  if (count === 1) return lines[start] ?? ''
  return lines
    .slice(start, start + count)
    .filter((line) => line !== '')
    .join(' ')
}
