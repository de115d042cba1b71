import { personaLimits } from '@ai-review/protocol/persona'
import { clip, visibleText } from '../visible-text.ts'
import { saysSomething } from './says-something.ts'
import { splitFences } from './split-fences.ts'
import { withoutLinks } from './without-links.ts'
import { withoutMentions, withoutPeople } from './without-people.ts'

/** A comment beyond this was not written by hand. */
const longestRead = 20_000
/** Our own marks, visible or hidden, and what generators leave in theirs. */
const machineWritten = [
  /<!--\s{0,5}ai-review|\bin the style of [^\n]{1,200}, written by a model\b/i,
  /<!--[^>]{0,200}(?:generated|auto-?comment|\bbot\b)|🤖|\breported by reviewdog\b|\bi am a bot\b/i,
  /\bthis (?:comment|review) (?:is|was) (?:auto|generated)|\b(?:automatically|auto-) ?generated comment/i,
  /\bthis (?:action|comment|message|reply|review) (?:is|was) (?:\w{1,12} )?(?:automatic|by a (?:bot|machine)\b)/i,
  /\bthis is an automat(?:ed|ic)\b|^[^\p{L}\n]{0,8}automatically (?:posted|created|added|generated) by\b/imu,
  /^[^\p{L}\n]{0,8}(?:<sub>)?(?:reviewed|generated|posted|powered|created|written) (?:by|with) \W{0,3}(?:reviewdog|coderabbit|copilot|claude|chatgpt|gemini|codacy|sonar(?:cloud|qube)|deepsource|snyk|codecov|danger)(?![a-z\d])/imu,
]
const hiddenComment = /<!--[\s\S]*?(?:-->|$)/g
const layoutTag =
  /<\/?(?:img|details|summary|br|b|i|em|strong|sub|sup|p|a|div|span|hr|table|tr|td|th)\b[^<>]{0,500}>/gi
const quotedLine = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?>/
/** How people write a mention that shall notify nobody, and how it comes from another keyboard. */
const brokenMention = /(?:@|＠|&(?:#64|#x40|commat);)[\u200b-\u200d\u2060\ufeff\u00ad]{0,9}/gi

/**
 * A comment as its author's own words: no quotes, names, addresses, links or credentials; what is hidden is shown. Null
 * where nothing of worth is left: it was code or a suggestion alone, an emoji, a "+1", or a machine wrote it.
 */
export function cleanBody(body: string, logins: readonly string[]): string | null {
  if (body.length > longestRead || machineWritten.some((sign) => sign.test(body))) return null
  const shown = visibleText(body.replace(hiddenComment, '').replace(brokenMention, '@'))
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
    .filter((line) => !quotedLine.test(line))
    .join('\n')
  return withoutPeople(withoutLinks(own, logins).replace(layoutTag, ' '), logins)
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
