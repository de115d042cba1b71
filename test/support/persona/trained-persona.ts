import type { CompletionRequest } from '../../../runner/model-server/src/engine/engine.ts'
import { partToReview } from '../adapting-engine.ts'
import { lineIdsOf } from '../scripted-engine.ts'

const said = [
  [/let total = price/, 'Nit: use a const here.'],
  [/sum \+= order\.price/, 'Why is the quantity ignored?'],
  [/await open\(path\)/, 'Please close the handle.'],
  [/i <= items\.length/, 'This reads one past the end.'],
] as const

/** On the history of `persona-history.ts`: a base model that has something to say everywhere, and an adapter as told. */
export function answersOf(adapter: 'good' | 'useless') {
  return (request: CompletionRequest): string => {
    const part = partToReview(request.messages)
    const remark = said.find(([code]) => code.test(part))?.[1]
    const isGood = request.adapter !== undefined && adapter === 'good'
    if (isGood && remark === undefined) return JSON.stringify({ findings: [] })
    const body = isGood ? remark : 'The naming conventions of this statement deserve further consideration.'
    return JSON.stringify({ findings: [findingOn(request, isGood ? -1 : 0, `${body}`)] })
  }
}

function findingOn(request: CompletionRequest, at: number, body: string) {
  const line = lineIdsOf(request).at(at)
  const text = new RegExp(`^${line}\\|.(.*)$`, 'm').exec(partToReview(request.messages))?.[1] ?? ''
  return {
    quote: text.trim(),
    line,
    body,
    title: 'A remark',
    category: 'style',
    severity: 'low',
    confidence: 'likely',
  }
}
