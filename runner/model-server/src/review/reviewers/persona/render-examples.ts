import type { PastComment } from '@ai-review/protocol/persona'
import type { Neighbour } from '../../../personas/voice.ts'
import type { TokenEstimate } from '../../plan/token-estimate.ts'
import { shownName, visibleText } from '../../prompt/shown-text.ts'

/** Longest parts of an example: a past comment is a hint, and its writer may have pasted a file. */
const longest = { codeLines: 6, codeLine: 160, bodyLines: 12, body: 600 } as const

function cut(text: string, most: number): string {
  return text.length <= most ? visibleText(text) : `${visibleText(text.slice(0, most))}…`
}

function renderExample({ path, hunk, body }: PastComment, number: number): string {
  const code = hunk
    .trimEnd()
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('@@'))
    .slice(-longest.codeLines)
    .map((line) => `| ${cut(line, longest.codeLine)}`)
  const said = body
    .trim()
    .slice(0, longest.body)
    .split(/\r\n|[\r\n]/)
  const lines = said.slice(0, longest.bodyLines).map((line) => `> ${visibleText(line)}`)
  return [`Example ${number}, in ${shownName(path)}:`, ...code, 'Comment on the last line:', ...lines].join(
    '\n',
  )
}

/** As many past comments as fit, nearest first: each line under a sign of its own, so that none can pass for our words. */
export function renderExamples(
  neighbours: readonly Neighbour[],
  { tokens, estimate }: { readonly tokens: number; readonly estimate: TokenEstimate },
): string {
  const shown: string[] = []
  let used = 0
  for (const { comment } of neighbours) {
    const example = renderExample(comment, shown.length + 1)
    used += estimate(example)
    if (used > tokens && shown.length > 0) break
    shown.push(example)
  }
  return shown.join('\n\n')
}
