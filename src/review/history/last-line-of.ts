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
  // "\ No newline at end of file" is no line of the file.
  const own = lines.filter((line) => !line.startsWith('\\'))
  const count = (absent: string) => own.filter((line) => line.charAt(0) !== absent).length
  return {
    LEFT: Number(found[1]) + count('+') - 1,
    RIGHT: Number(found[2]) + count('-') - 1,
    text: own.at(-1)?.slice(1) ?? '',
  }
}
