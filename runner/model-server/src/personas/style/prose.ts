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

/** Its words, as they are written; an apostrophe parts no word. */
export function plainWords(body: string): string[] {
  return proseOf(body).match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu) ?? []
}
