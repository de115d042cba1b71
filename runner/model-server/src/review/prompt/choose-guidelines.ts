import type { Guideline } from '@ai-review/protocol/review'
import type { TokenEstimate } from '../plan/token-estimate.ts'
import { shownName, visibleText } from './shown-text.ts'

interface ChosenGuidelines {
  readonly text: string
  /** Paths of guidelines that were shown in part, or not at all, for want of room. */
  readonly cut: readonly string[]
}

const depthOf = (guideline: Guideline): number =>
  guideline.directory === '' ? 0 : guideline.directory.split('/').length

function applies({ directory }: Guideline, paths: readonly string[]): boolean {
  return directory === '' || paths.some((path) => path.startsWith(`${directory}/`))
}

const charactersPerTokenMax = 8

/** The lines of a text that fit, from its start. */
function fittingStart(
  text: string,
  tokens: number,
  estimate: TokenEstimate,
): { readonly text: string; readonly isCut: boolean } {
  // No tokenizer packs more text into a token; the rest of a long guideline need not be looked at.
  const reachable = text.trimEnd().slice(0, Math.max(0, tokens) * charactersPerTokenMax + 1)
  const lines = reachable.split(/\r?\n/)
  let used = 0
  const fitting = lines.findIndex((line) => {
    used += estimate(`${line}\n`)
    return used > tokens
  })
  const shown = fitting === -1 ? lines : lines.slice(0, fitting)
  return { text: shown.map(visibleText).join('\n').trimEnd(), isCut: fitting !== -1 }
}

/**
 * The guidelines that apply to these paths. The nearest directory is given room first; they are written with the
 * root's first, so that batches of different directories share the start of their prompt.
 */
export function chooseGuidelines(
  guidelines: readonly Guideline[],
  paths: readonly string[],
  { tokens, estimate }: { readonly tokens: number; readonly estimate: TokenEstimate },
): ChosenGuidelines {
  const applying = guidelines.filter((guideline) => applies(guideline, paths))
  const texts = new Map<Guideline, string>()
  const cut: string[] = []
  let left = tokens
  for (const guideline of applying.toSorted((a, b) => depthOf(b) - depthOf(a))) {
    const head = `Guideline ${shownName(guideline.path)}:\n`
    const body = fittingStart(guideline.text, left - estimate(head), estimate)
    if (body.isCut) cut.push(guideline.path)
    if (body.text === '') continue
    left -= estimate(head) + estimate(body.text)
    texts.set(guideline, head + body.text)
  }
  const ordered = applying.toSorted((a, b) => depthOf(a) - depthOf(b))
  return { text: ordered.flatMap((guideline) => texts.get(guideline) ?? []).join('\n\n'), cut }
}
