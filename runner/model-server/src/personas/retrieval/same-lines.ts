import type { PastComment } from '@ai-review/protocol/persona'
import { mapInSlices } from '../in-slices.ts'
import type { Place } from '../voice.ts'

/** Lines by which a change is known again: with fewer two changes may have them in common by chance. */
const fewestLines = 3
/** Letters and digits of a line that tells anything. */
const fewestLetters = 4
/** Lines of a past comment that are compared, the last ones. */
const mostLines = 12

const signs = ['+', '-', ' '] as const

function keyOf(line: string): string | null {
  if (line.startsWith('@@') || (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < fewestLetters) return null
  return `${line[0]}${line.slice(1).trim()}`
}

const linesOf = (text: string): string[] => text.split(/\r?\n/)

/** The changed lines of a hunk's end, or all where too few were changed. */
function tellingLines(hunk: string): readonly string[] {
  const lines = [...new Set(linesOf(hunk).flatMap((line) => keyOf(line) ?? []))]
  const changed = lines.filter((line) => !line.startsWith(' '))
  if (changed.length === 0) return []
  return (changed.length < fewestLines ? lines : changed).slice(-mostLines)
}

/**
 * Tells past comments on the very lines of a place: those of a change that came back under another number, as it was
 * pushed anew or picked for another branch. They are in the same file, on the same changes.
 */
export async function indexSameLines(
  comments: readonly Pick<PastComment, 'path' | 'hunk'>[],
): Promise<(place: Pick<Place, 'path' | 'code' | 'hunk'>) => (index: number) => boolean> {
  const telling = await mapInSlices(comments, ({ hunk }) => tellingLines(hunk))
  return ({ path, code, hunk }) => {
    // Code without signs: each line may be any.
    const lines =
      hunk === undefined
        ? linesOf(code).flatMap((line) => [line, ...signs.map((sign) => `${sign}${line}`)])
        : linesOf(hunk)
    const there = new Set(lines.map(keyOf))
    return (index) => {
      const lines = telling[index] ?? []
      return (
        comments[index]?.path === path &&
        lines.length >= fewestLines &&
        lines.every((line) => there.has(line))
      )
    }
  }
}
