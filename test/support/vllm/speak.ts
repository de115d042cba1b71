import { createHash } from 'node:crypto'

/** Ids of the marks of the chat template; characters come after them. */
const marks = ['<|im_start|>', '<|im_end|>']

/** One token for each mark and each character. */
export function tokenize(text: string): number[] {
  return text
    .split(/(<\|im_start\|>|<\|im_end\|>)/)
    .flatMap((part) =>
      marks.includes(part)
        ? [marks.indexOf(part)]
        : [...part].map((character) => marks.length + (character.codePointAt(0) ?? 0)),
    )
}

export function renderChat(
  messages: readonly { readonly role: string; readonly content: string }[],
  opensAnswer: boolean,
): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`)
  return `${turns.join('')}${opensAnswer ? '<|im_start|>assistant\n' : ''}`
}

/** Natural logarithm of a probability; `voice` is whatever speaks, and each has its own. */
export function likelihoodOf(voice: string, token: number): number {
  const [byte = 0] = createHash('sha256').update(`${voice} ${token}`).digest()
  return -0.5 - byte / 256
}

/** A value under the schema, in words that differ by voice. */
export function answerTo(schema: Readonly<Record<string, unknown>>, voice: string): string {
  return JSON.stringify(valueUnder(schema, createHash('sha256').update(voice).digest('hex').slice(0, 8)))
}

type Schema = Readonly<Record<string, unknown>>

function valueUnder(schema: Schema, word: string): unknown {
  const { const: only, enum: choices, anyOf, oneOf, properties, items, type } = schema
  if ('const' in schema) return only
  if (Array.isArray(choices)) return choices[0]
  const options = anyOf ?? oneOf
  if (Array.isArray(options)) return valueUnder(options[0] as Schema, word)
  if (typeof properties === 'object' && properties !== null) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, valueUnder(each as Schema, word)]),
    )
  }
  if (type === 'array') {
    const length = Number(schema.minItems ?? 0)
    return Array.from({ length }, () => valueUnder(items as Schema, word))
  }
  if (type === 'boolean') return true
  if (type === 'null') return null
  return type === 'string' ? word : 1
}
