/** The line that a diff hunk ends on, as GitHub keeps one with each comment: its number on both sides, and its text. */
interface LastLine {
  readonly LEFT: number
  readonly RIGHT: number
  readonly text: string
}

const header = /^@@ -(\d{1,8})(?:,\d{1,8})? \+(\d{1,8})(?:,\d{1,8})? @@/

/** Null for a text that is no hunk. A side that the last line does not stand on has the number of the line before it. */
export function lastLineOf(hunk: string): LastLine | null {
  const [first = '', ...lines] = hunk.split('\n')
  const found = header.exec(first)
  if (found === null || lines.length === 0) return null
  const markers = lines.map((line) => line.charAt(0))
  const count = (absent: string) => markers.filter((marker) => marker !== absent && marker !== '\\').length
  return {
    LEFT: Number(found[1]) + count('+') - 1,
    RIGHT: Number(found[2]) + count('-') - 1,
    text: lines.at(-1)?.slice(1) ?? '',
  }
}
