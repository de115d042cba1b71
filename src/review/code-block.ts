import { ordersIn, withoutOrders } from './bot-orders.ts'
import { inertLine } from './inert-markdown.ts'
import { withoutMarks } from './marker.ts'
import { visibleLine } from './visible-text.ts'

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
}

function fenced(content: string, language: 'text' | 'suggestion'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}${language}\n${content}${fence}`
}

/** Untrusted code to be read. No content ends the block, and no line of it begins as an order to a bot does. */
export function codeBlock(text: string): string {
  const quiet = withoutOrders(withoutMarks(text))
  return fenced(quiet === '' || quiet.endsWith('\n') ? quiet : `${quiet}\n`, 'text')
}

/**
 * The block that GitHub offers to put in place of the commented lines. `lines` are joined by line feeds, so that a last
 * empty line is one; '' is no line at all, and deletes them.
 */
export function suggestionBlock(lines: string): string {
  return fenced(lines === '' ? '' : `${lines}\n`, 'suggestion')
}

/** An untrusted name (a path, a rule) as one code span; as plain text where it reads like an order to a bot. */
export function codeSpan(name: string): string {
  const shown = withoutMarks(visibleLine(name))
  // A colon of ours may follow, and must not make an emoji of the end of the name.
  if (ordersIn(shown).length > 0) return inertLine(shown).replace(/:(?=[\w+-]+$)/, ':&#8203;')
  const fence = '`'.repeat(longestRun(shown) + 1)
  const padding = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : ''
  return `${fence}${padding}${shown}${padding}${fence}`
}
