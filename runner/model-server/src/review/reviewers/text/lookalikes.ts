import type { HiddenCharacter } from './hidden-characters.ts'

/** Letters of other scripts that look like a Latin letter in common fonts; from Unicode's confusables, letter to letter. */
const lookalike =
  /[\u{391}\u{392}\u{395}-\u{397}\u{399}\u{39A}\u{39C}\u{39D}\u{39F}\u{3A1}\u{3A4}\u{3A5}\u{3A7}\u{3BF}\u{3F2}\u{3F3}\u{405}\u{406}\u{408}\u{410}\u{412}\u{415}\u{41A}\u{41C}-\u{41E}\u{420}-\u{422}\u{425}\u{430}\u{435}\u{43E}\u{440}\u{441}\u{443}\u{445}\u{455}\u{456}\u{458}\u{4AE}\u{4AF}\u{4BB}\u{4C0}\u{4CF}\u{501}\u{51B}\u{51D}\u{555}\u{570}\u{578}\u{57D}\u{581}\u{585}\u{FF21}-\u{FF3A}\u{FF41}-\u{FF5A}]/u
const word = /[\p{L}\p{Nl}_$][\p{L}\p{M}\p{N}\p{Pc}$]*/gu
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const foreignLetter = /[\p{L}--[A-Za-z\p{Script=Latin}]]/v

/** Full-width letters belong into East Asian text. */
function isFullWidthInLatin(name: string, line: string): boolean {
  return /^[\u{FF21}-\u{FF3A}\u{FF41}-\u{FF5A}]{2,}$/u.test(name) && !eastAsian.test(line)
}

/** Lookalike letters inside words that are otherwise Latin, such as a Cyrillic letter in the name of a variable. */
export function findLookalikes(line: string): readonly HiddenCharacter[] {
  if (!lookalike.test(line)) return []
  const found: HiddenCharacter[] = []
  for (const match of line.matchAll(word)) {
    const letters = [...match[0]]
    const foreign = letters.filter((letter) => foreignLetter.test(letter) || lookalike.test(letter))
    // A word of another language, even with a Latin part, holds letters that look like none of ours.
    if (foreign.length === 0 || !foreign.every((letter) => lookalike.test(letter))) continue
    if (!/[A-Za-z]/.test(match[0]) && !isFullWidthInLatin(match[0], line)) continue
    let at = match.index
    for (const letter of letters) {
      if (lookalike.test(letter))
        found.push({ kind: 'lookalike', codePoint: letter.codePointAt(0) ?? 0, column: at + 1 })
      at += letter.length
    }
  }
  return found
}
