/** A run of lines of a Markdown text: prose, or a fenced block with its fences. */
interface Segment {
  readonly kind: 'prose' | 'fence'
  readonly text: string
}

const opening = /^ {0,3}(`{3,}|~{3,})/

/** The text in order; a fence that is never closed goes on to the end, as it does where it is shown. */
export function splitFences(text: string): Segment[] {
  const segments: { kind: Segment['kind']; lines: string[] }[] = []
  let fence: string | null = null
  for (const line of text.split('\n')) {
    const marker: string | undefined = opening.exec(line)?.[1]
    const kind = fence === null && marker === undefined ? 'prose' : 'fence'
    const last = segments.at(-1)
    const isNew = last === undefined || last.kind !== kind || (fence === null && kind === 'fence')
    if (isNew) segments.push({ kind, lines: [line] })
    else last.lines.push(line)
    fence = nextFence(fence, marker, line)
  }
  return segments.map(({ kind, lines }) => ({ kind, text: lines.join('\n') }))
}

function nextFence(fence: string | null, marker: string | undefined, line: string): string | null {
  if (marker === undefined) return fence
  if (fence === null) return marker
  const isClosed = marker[0] === fence[0] && marker.length >= fence.length && line.trim() === marker
  return isClosed ? null : fence
}
