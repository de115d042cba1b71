import { personaLimits } from '@ai-review/protocol/persona'
import { cleanCode } from './clean-code.ts'

export interface Context {
  readonly context: string
  /** Number of its first line. */
  readonly contextStart: number
}

export const noContext: Context = { context: '', contextStart: 1 }
/** On both sides of the commented lines. */
const linesAround = 20

/** The lines around those that were commented; fewer where they are too long to keep. */
export function contextOf(text: string, { startLine, line }: { startLine: number; line: number }): Context {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  if (line > lines.length) return noContext
  for (const around of [linesAround, 10, 5, 2, 0]) {
    const from = Math.max(startLine, line - linesAround, 1) - around
    const first = Math.max(1, from)
    const context = lines.slice(first - 1, line + around).join('\n')
    const cleaned = cleanCode(context, personaLimits.context * 2)
    if (cleaned.length <= personaLimits.context && context.length <= personaLimits.context * 2)
      return { context: cleaned, contextStart: first }
  }
  return noContext
}
