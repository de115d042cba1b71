import { tokensOf } from '../words.ts'

/** Texts of past comments may be long; what comes after this many characters changes no measure. */
const longest = 4000

/** A comment without its code and addresses. */
export function proseOf(body: string): string {
  return body
    .slice(0, longest)
    .replace(/(?:```|~~~)[\s\S]*?(?:```|~~~|$)/gu, ' ')
    .replace(/`[^`\n]*`/gu, ' ')
    .replace(/\bhttps?:\/\/\S+/giu, ' ')
}

/** How many words its prose has; an apostrophe, a hyphen and an underscore part none. */
export function countWords(body: string): number {
  const whole = proseOf(body).replace(/(?<=[\p{L}\p{N}])['’_-]+/gu, '')
  return Math.ceil(tokensOf(whole).reduce((sum, { quarters }) => sum + quarters, 0) / 4)
}
