/** Most terms of one text: beyond them a minified line would cost more than it tells. */
const mostTerms = 600

/** Words that stand in every comment and tell nothing. */
const stopWords = new Set(
  'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its just me my no not of on or our out she should so some than that the their them then there these they this those to too up was we were what when where which who why will with would you your'.split(
    ' ',
  ),
)

const identifier = /[\p{L}_][\p{L}\p{N}_]*/gu
const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu
/** `value2` is a `value` like any other. */
const number = /(?<=\p{L})_*\p{N}+$/u

/** The endings of English that most often part two forms of one word. */
function stem(word: string): string {
  const plain = word.length > 4 ? word.replace(/(?:'s|ies|ing|ed|es|s)$/u, '') : word
  return plain.length < 3 ? word : plain
}

function identifierTerms(name: string): string[] {
  const whole = name.replace(number, '').toLowerCase()
  const split = (name.match(parts) ?? []).map((part) => part.toLowerCase()).filter((part) => part.length > 1)
  return split.length > 1 ? [whole, ...split] : [whole]
}

/** What code is found by: each identifier whole and in its parts (`readFile` → `readfile`, `read`, `file`). */
export function codeTerms(text: string): string[] {
  const names = text.match(identifier) ?? []
  return names.slice(0, mostTerms).flatMap(identifierTerms)
}

/** What prose is found by: its words without their endings, and the parts of identifiers in it. */
export function wordTerms(text: string): string[] {
  const names = text.match(identifier) ?? []
  return names
    .slice(0, mostTerms)
    .flatMap(identifierTerms)
    .filter((word) => word.length > 1 && !stopWords.has(word))
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
