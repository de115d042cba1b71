/** Letters, with their marks, of scripts that put no spaces between words. A word has about two of these: */
const ideographs = String.raw`[[\p{L}\p{M}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]]`
/** and about four of these. */
const unspacedLetters = String.raw`[[\p{L}\p{M}]&&[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]]`
const spaced = String.raw`[[\p{L}\p{M}\p{N}]--${ideographs}--${unspacedLetters}]`

const run = new RegExp(`(${ideographs}+)|(${unspacedLetters}+)|${spaced}+`, 'gv')

/** A word, or a letter of a script without spaces, which is a part of one. */
interface Token {
  readonly text: string
  /** How much of a word it is. */
  readonly quarters: 1 | 2 | 4
}

/** What a text says in order, however it is written: case, punctuation, width and invisible signs do not count. */
export function tokensOf(text: string): Token[] {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
  const tokens: Token[] = []
  for (const [found, ofIdeographs, ofLetters] of plain.matchAll(run)) {
    if (ofIdeographs !== undefined) for (const one of found) tokens.push({ text: one, quarters: 2 })
    else if (ofLetters !== undefined) for (const one of found) tokens.push({ text: one, quarters: 1 })
    else tokens.push({ text: found, quarters: 4 })
  }
  return tokens
}
