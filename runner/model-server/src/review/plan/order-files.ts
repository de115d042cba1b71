import type { FileToReview } from '@ai-review/protocol/change'
import { languageOf } from '../syntax/languages.ts'

const testPath = /(?:^|[/._-])(?:tests?|spec|specs|__tests__|testdata|fixtures?)(?:[/._-]|$)/i
const prosePath = /\.(?:md|mdx|rst|txt|adoc|svg|csv)$/i

/** How much a reader loses when this file is not reached: code, then configuration, tests, prose. */
function worthOf(file: FileToReview): number {
  if (prosePath.test(file.path)) return 0
  if (testPath.test(file.path)) return 1
  const adds = file.hunks.some((hunk) => hunk.lines.some((line) => line.kind === 'added'))
  if (!adds) return 2
  return languageOf(file.path) === null ? 3 : 4
}

/** Files with the most to lose first; what a deadline cuts off is the end of this list. */
export function orderFiles(files: readonly FileToReview[]): readonly FileToReview[] {
  return files.toSorted((a, b) => worthOf(b) - worthOf(a))
}
