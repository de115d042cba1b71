import type { HunkLine, Side } from '@ai-review/protocol/change'
import { placeOf } from '../diff-lines.ts'
import type { Piece } from '../plan/piece.ts'
import { renderContext, surroundingsOf } from './enclosing-lines.ts'
import { shownName, shownText } from './shown-text.ts'

/** A line that was shown with an id and can be flagged. */
export interface ShownLine {
  readonly path: string
  readonly side: Side
  readonly line: number
  /** The text as the model saw it. */
  readonly text: string
  /** False where that is not the text itself: it was clipped, or holds what cannot be seen. */
  readonly isPlain: boolean
}

interface RenderedBatch {
  readonly text: string
  /** By line id, in the order shown. */
  readonly lines: ReadonlyMap<string, ShownLine>
}

const signOf = { added: '+', deleted: '-', context: ' ' } as const

/** A, B, … Z, AA, AB, …: names of the files of a batch. */
function fileLetter(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest === 0 ? '' : fileLetter(rest - 1)}${String.fromCharCode(65 + (index % 26))}`
}

/** `A12` is line 12 of file A after the change, `A-12` line 12 before it. */
export function lineId(letter: string, line: HunkLine): string {
  const place = placeOf(line)
  return place.side === 'LEFT' ? `${letter}-${place.line}` : `${letter}${place.line}`
}

function renderPiece(piece: Piece, letter: string, reach: number): readonly string[] {
  const { before, after } = surroundingsOf(piece.file, piece.lines, reach)
  const lines = piece.lines.map(
    (line) => `${lineId(letter, line)}|${signOf[line.kind]} ${shownText(line.text)}`,
  )
  const section =
    before.length > 0 || piece.hunk.section === '' ? [] : [`|  ${shownText(piece.hunk.section)}`]
  return [...section, ...renderContext(before), ...lines, ...renderContext(after)]
}

function fileHead({ file }: Piece, letter: string): string {
  const from = file.previousPath === undefined ? '' : ` from ${shownName(file.previousPath)}`
  return `File ${letter}: ${shownName(file.path)} (${file.status}${from})`
}

/** The pieces of a batch as text, each commentable line with its id; `reach` lines of the file around each piece. */
export function renderBatch(pieces: readonly Piece[], reach: number): RenderedBatch {
  const lines = new Map<string, ShownLine>()
  const byFile = [...Map.groupBy(pieces, (piece) => piece.file).values()]
  const text = byFile.map((ofFile, index) => {
    const letter = fileLetter(index)
    for (const { file, lines: shown } of ofFile) {
      for (const line of shown) {
        const text = shownText(line.text)
        const isPlain = text === line.text.replace(/\r$/, '')
        lines.set(lineId(letter, line), { path: file.path, ...placeOf(line), text, isPlain })
      }
    }
    const first = ofFile[0]
    const body = ofFile.map((piece) => renderPiece(piece, letter, reach).join('\n')).join('\n|  …\n')
    return first === undefined ? '' : `${fileHead(first, letter)}\n${body}`
  })
  return { text: text.join('\n\n'), lines }
}
