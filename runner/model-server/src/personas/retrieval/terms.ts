/** Most terms of one text: beyond them a minified line would cost more than it tells. */
const mostTerms = 600

/** Words that stand in every comment and tell nothing. */
const stopWords = new Set(
  'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its just me my no not of on or our out she should so some than that the their them then there these they this those to too up was we were what when where which who why will with would you your'.split(
    ' ',
  ),
)

const identifier = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu
const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|[\p{Lo}\p{Lm}\p{M}]+/gu
/** Letters of scripts that put no spaces between words, or join endings to them: any two in a row are a term. */
const paired =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u
/** `value2` is a `value` like any other. */
const number = /(?<=\p{L})_*\p{N}+$/u

/** In languages that decline so much the first letters of a word tell it best. */
const declined = /^[\p{sc=Cyrl}\p{sc=Grek}\p{M}]+$/u
const declinedLetters = 5

/** The endings of English that most often part two forms of one word. */
function stem(word: string): string {
  if (declined.test(word)) return word.slice(0, declinedLetters)
  const plain = word.length > 4 ? word.replace(/(?:'s|ies|ing|ed|es|s)$/u, '') : word
  return plain.length < 3 ? word : plain
}

function pairsOf(part: string): string[] {
  const letters = [...part]
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

function identifierTerms(name: string): string[] {
  const split = name.match(parts) ?? []
  if (paired.test(name))
    return split.flatMap((part) => (paired.test(part) ? pairsOf(part) : [part.toLowerCase()]))
  const whole = name.replace(number, '').toLowerCase()
  const found = split.map((part) => part.toLowerCase()).filter((part) => part.length > 1)
  return found.length > 1 ? [whole, ...found] : [whole]
}

/** What code is found by: each identifier whole and in its parts (`readFile` → `readfile`, `read`, `file`). */
export function codeTerms(text: string): string[] {
  const names = text.normalize('NFKC').match(identifier) ?? []
  return names.slice(0, mostTerms).flatMap(identifierTerms)
}

/** What prose is found by: its words without their endings, and the parts of identifiers in it. */
export function wordTerms(text: string): string[] {
  const names = text.normalize('NFKC').match(identifier) ?? []
  return names
    .slice(0, mostTerms)
    .flatMap(identifierTerms)
    .filter((word) => (word.length > 1 || paired.test(word)) && !stopWords.has(word))
    .map(stem)
}

/** What a path is found by: its folders, its file's name in parts, and its ending. */
export function pathTerms(path: string): string[] {
  const segments = path.split('/').slice(-8)
  const name = segments.at(-1) ?? ''
  const ending = /\.([^.]+)$/.exec(name)?.[1]
  const folders = segments.slice(0, -1).map((folder, depth) => `${depth}/${folder.toLowerCase()}`)
  return [...folders, ...codeTerms(name), ...(ending === undefined ? [] : [`.${ending.toLowerCase()}`])]
}
