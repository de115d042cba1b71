import type { StyleProfile } from '@ai-review/protocol/persona'
import { countWords, proseOf } from './prose.ts'
import { tellingWords } from './telling-words.ts'

const signs = {
  questions: /\?(?![\p{L}\p{N}_.=&%])|(?<=\p{Lo})\?|[？؟՞]/u,
  nits: /(?:^|[\s([])(?:nit|nits|nitpick|minor|super ?nit|style)\b\s*[:\-,)\]]|^\s*nit\b/iu,
  please: /\b(?:please|pls|plz)\b/iu,
  hedges:
    /\b(?:maybe|perhaps|probably|possibly|might|i think|i guess|i believe|i wonder|i would|i'd|could we|could you|not sure|seems?|imho|imo|feels?|wdyt|thoughts)\b/iu,
} as const
const code = /`[^`\n]+`|```|~~~/u
const suggestion =
  /```suggestion\b|\b(?:instead of|how about|what about|should be|could be|can be|let's|suggest)\b/iu

function share(bodies: readonly string[], fits: (body: string) => boolean): number {
  return bodies.length === 0 ? 0 : rounded(bodies.filter(fits).length / bodies.length)
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}

function startsLow(body: string): boolean {
  const letter = /\p{L}/u.exec(proseOf(body).replace(/^[\s\p{P}]+/u, ''))?.[0]
  return letter !== undefined && /\p{Ll}/u.test(letter)
}

/**
 * How somebody writes comments, measured over `bodies`. `words` are those that they use more than the writers of
 * `others` do; without others there is nothing to tell them by, so there are none. Deterministic, whatever the order.
 */
export function profileOf(bodies: readonly string[], others: readonly string[]): StyleProfile {
  const lengths = bodies.map(countWords).sort((a, b) => a - b)
  const prose = bodies.map(proseOf)
  return {
    comments: bodies.length,
    medianWords: quantile(lengths, 0.5),
    longWords: quantile(lengths, 0.9),
    questions: share(prose, (text) => signs.questions.test(text)),
    nits: share(prose, (text) => signs.nits.test(text)),
    lowerCaseStart: share(bodies, startsLow),
    code: share(bodies, (body) => code.test(body)),
    please: share(prose, (text) => signs.please.test(text)),
    hedges: share(prose, (text) => signs.hedges.test(text)),
    suggestions: share(bodies, (body) => suggestion.test(body)),
    words: tellingWords(bodies, others),
  }
}
