/** A piece of text that the tokenizer knows, in llama.cpp's sentencepiece dialect: a space is written `▁`. */
export interface Piece {
  readonly text: string
  readonly score: number
  readonly kind: 'unknown' | 'control' | 'byte' | 'normal'
}

/**
 * What a string written by the tiny model consists of: one word of each row, in order.
 * The words own up to what they are, so that nobody takes them for a review.
 */
export const sentence: readonly (readonly string[])[] = [
  ['Sample', 'Example', 'Placeholder', 'Synthetic'],
  ['▁remark', '▁note', '▁comment', '▁text'],
  ['▁alpha', '▁beta', '▁gamma', '▁delta', '▁kappa', '▁sigma'],
  ['▁of', '▁from', '▁by'],
  ['▁the'],
  ['▁tiny'],
  ['▁test'],
  ['▁model'],
]

// Words of source code and of prompts: a text costs about a third of its characters in tokens, as with a real model.
const words = `
const let var function return export import from class interface extends implements public private static final void
async await promise throw throws catch finally try switch case default break continue while for foreach in of new this
null undefined true false string number boolean integer float double char byte int long list array map set dict object
self def elif lambda pass yield with as is not and or none print range len type struct func package defer chan select
error err value values result results index items item name key keys data file files path line lines text size length
count total start end first last next user users order price amount request response query server client status code
message config options settings token password secret address email time date timeout retry limit cache update delete
insert create remove add get set find read write open close load save parse format check test assert expect equal
the a to be are was that it on at if then else when which you your review change changes hunk finding findings
severity category title body suggestion confidence low medium high critical bug security performance concurrency
handling design maintainability testing documentation style guideline guidelines only answer json schema
ing ion ed er es ly un re able ment
`
  .trim()
  .split(/\s+/)

const runs = [
  '▁▁',
  '▁▁▁▁',
  '▁▁▁▁▁▁▁▁',
  '\n▁▁',
  '\n▁▁▁▁',
  '\n\n',
  '//',
  '/**',
  '===',
  '=>',
  '&&',
  '||',
  '==',
  '!=',
]

export const controlTokens = {
  begin: '<s>',
  end: '</s>',
  turnStart: '<|im_start|>',
  turnEnd: '<|im_end|>',
} as const

/** The conversation's form, for Jinja. */
export const chatTemplate = `{{ bos_token }}{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`

/** All pieces in the order of their ids. Every byte is a piece, so any text can be spelled. */
export function vocabulary(): readonly Piece[] {
  const control = (text: string): Piece => ({ text, score: 0, kind: 'control' })
  const bytes = Array.from({ length: 256 }, (_, byte): Piece => {
    return { text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, score: 0, kind: 'byte' }
  })
  const merged = learnMerges([...sentence.flat(), ...words, ...words.map((word) => `▁${word}`), ...runs])
  const characters = ['\n', '\t', '▁', ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))]
  return [
    { text: '<unk>', score: 0, kind: 'unknown' },
    control(controlTokens.begin),
    control(controlTokens.end),
    ...bytes,
    control(controlTokens.turnStart),
    control(controlTokens.turnEnd),
    ...[...merged, ...characters].map((text, rank): Piece => ({ text, score: -rank, kind: 'normal' })),
  ]
}

/** Byte-pair encoding run until each word is one piece; the result is in the order in which pairs merge. */
function learnMerges(texts: readonly string[]): readonly string[] {
  let open = [...new Set(texts)].map((text) => [...text])
  const merged = new Set<string>()
  while (true) {
    open = open.filter((symbols) => symbols.length > 1)
    const pair = mostFrequentPair(open)
    if (pair === undefined) return [...merged]
    merged.add(pair[0] + pair[1])
    open = open.map((symbols) => mergePair(symbols, pair))
  }
}

function mostFrequentPair(texts: readonly (readonly string[])[]): readonly [string, string] | undefined {
  const counts = new Map<string, { pair: readonly [string, string]; count: number }>()
  for (const symbols of texts) {
    for (let index = 1; index < symbols.length; index++) {
      const pair = [symbols[index - 1] ?? '', symbols[index] ?? ''] as const
      const key = pair.join('\0')
      counts.set(key, { pair, count: (counts.get(key)?.count ?? 0) + 1 })
    }
  }
  let best: { pair: readonly [string, string]; count: number } | undefined
  for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry
  return best?.pair
}

function mergePair(symbols: readonly string[], [left, right]: readonly [string, string]): string[] {
  const result: string[] = []
  for (let index = 0; index < symbols.length; index++) {
    const joins = symbols[index] === left && symbols[index + 1] === right
    result.push(joins ? left + right : (symbols[index] ?? ''))
    if (joins) index++
  }
  return result
}
