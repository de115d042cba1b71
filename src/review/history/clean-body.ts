import { personaLimits } from '@ai-review/protocol/persona'
import { clip, visibleText } from '../visible-text.ts'
import { splitFences } from './split-fences.ts'
import { withoutMentions, withoutPeople } from './without-people.ts'

/** A comment beyond this was not written by hand. */
const longestRead = 20_000
/** Our own marks, visible or hidden, and what generators leave in theirs. */
const machineWritten =
  /<!--\s{0,5}ai-review|\bin the style of [^\n]{1,200}, written by a model\b|<!--[^>]{0,200}(?:generated|auto-?comment|\bbot\b)|\bthis (?:comment|review) (?:is|was) (?:auto|generated)|\b(?:automatically|auto-) ?generated comment|🤖/i
const hiddenComment = /<!--[\s\S]*?(?:-->|$)/g
const image = /!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)/g
const markdownLink = /\[([^\]]{1,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)/g
// What ends a sentence, and the other half of a pair of quotes, is no part of it.
const bareLink = /<?\b(?:https?|ftp|ssh):\/\/[^\s<>)\]"`]{1,2000}(?<![.,;:!?'])>?/gi
const layoutTag =
  /<\/?(?:img|details|summary|br|b|i|em|strong|sub|sup|p|a|div|span|hr|table|tr|td|th)\b[^<>]{0,500}>/gi
const codeSpan = /(`{1,3})(?!`)(?:(?!\1)[^\n]){1,2000}?\1(?!`)/g
/** Said of anything, so that it teaches nothing. */
const empty = new RegExp(
  `^(?:${[
    '\\+1|-1|lgtm|looks good(?: to me)?|sgtm|nice|great|cool|awesome|perfect|ok(?:ay)?|yes|yep|yeah|no|nope|done|fixed',
    'thanks?(?: you)?(?: so much)?|thx|ty|agreed?|same(?: here)?|ditto|as above|see above|likewise|here too|nit|wdyt',
    'ping|bump|resolved|addressed|updated|same (?:as above|thing|comment|question)(?: here)?|someone',
  ].join('|')})$`,
)

/**
 * A comment as its author's own words: no quotes, names, addresses, links or credentials; what is hidden is shown. Null
 * where nothing of worth is left: it was code or a suggestion alone, an emoji, a "+1", or a machine wrote it.
 */
export function cleanBody(body: string, logins: readonly string[]): string | null {
  if (body.length > longestRead || machineWritten.test(body)) return null
  const shown = visibleText(body.replace(hiddenComment, ''))
  const segments = splitFences(shown).map(({ kind, text }) => ({
    kind,
    text: kind === 'fence' ? withoutMentions(text, logins) : cleanProse(text, logins),
  }))
  const prose = segments.filter(({ kind }) => kind === 'prose').map(({ text }) => text)
  if (!saysSomething(prose.join('\n'))) return null
  const whole = segments.map(({ text }) => text).join('\n')
  const cleaned = clip(tidy(whole), personaLimits.body)
  // What is cut in the middle of a pair of surrogates or of an escape stays readable, but never empty.
  return cleaned === '' ? null : cleaned
}

function cleanProse(text: string, logins: readonly string[]): string {
  const own = text
    .split('\n')
    .filter((line) => !/^ {0,3}>/.test(line))
    .join('\n')
  const linkless = own
    .replace(image, '')
    .replace(markdownLink, '$1')
    .replace(bareLink, '(link)')
    .replace(layoutTag, ' ')
  return withoutPeople(linkless, logins)
}

function saysSomething(prose: string): boolean {
  const words = prose
    .replace(codeSpan, ' x ')
    .replaceAll('(link)', ' ')
    .replace(/:[a-z\d_+-]{1,40}:/gi, ' ')
  const plain = words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = plain.replace(/[^\p{L}]/gu, '')
  return letters.replaceAll('x', '').length >= 3 && !empty.test(plain)
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
