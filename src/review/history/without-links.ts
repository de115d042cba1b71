import { someone } from './without-people.ts'

const image = /!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)/g
const inlineLink = /\[([^\]]{1,500})\]\(((?:[^()\n]|\([^()\n]{0,200}\)){0,2000})\)/g
const anchor = /<a\b[^<>]{0,500}?href=["']?([^"'\s<>]{1,500})[^<>]{0,500}>([^<]{1,500})<\/a>/gi
const definition = /^ {0,3}\[([^\]\n]{1,100})\]:[ \t]{0,5}(\S{1,2000})[^\n]{0,300}(?:\n|$)/gm
const referenceLink = /\[([^\]]{1,500})\]\[([^\]\n]{0,100})\]/g
// What ends a sentence, and the other half of a pair of quotes, is no part of it.
const bareLink = /<?\b(?:(?:https?|ftp|ssh):\/\/|git@[\w.-]{1,200}:)[^\s<>)\]"`]{1,2000}(?<![.,;:!?'])>?/gi
/** The page of a person or a team. */
const profile =
  /^https?:\/\/(?:(?:www\.)?(?:github|gitlab|twitter|x)\.com\/@?[\w-]{1,80}|[^/\s]{1,200}\/(?:in|users|people|profile|u|orgs\/[\w-]{1,80}\/teams)\/[^/\s]{1,80})\/?(?:[?#\s]|$)/i

/** A text without addresses: of a link its words stay, unless it leads to a person or is one of these logins. */
export function withoutLinks(text: string, logins: readonly string[]): string {
  const known = new Set(logins.map((login) => login.toLowerCase()))
  const said = (words: string, target: string) => (leadsToPerson(target, known) ? someone : words)
  const targets = new Map<string, string>()
  const undefinedText = text.replace(image, '').replace(definition, (_, name: string, target: string) => {
    targets.set(name.toLowerCase(), target)
    return ''
  })
  return undefinedText
    .replace(inlineLink, (_, words: string, target: string) => said(words, target))
    .replace(anchor, (_, target: string, words: string) => said(words, target))
    .replace(referenceLink, (whole, words: string, name: string) => {
      const target = targets.get((name === '' ? words : name).toLowerCase())
      return target === undefined ? whole : said(words, target)
    })
    .replace(bareLink, '(link)')
}

function leadsToPerson(target: string, logins: ReadonlySet<string>): boolean {
  const alone = /^https?:\/\/[^/\s]{1,200}\/([\w-]{1,80})\/?$/i.exec(target)?.[1]
  return profile.test(target) || (alone !== undefined && logins.has(alone.toLowerCase()))
}
