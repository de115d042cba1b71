import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Llama, LlamaGrammar } from 'node-llama-cpp'

/** The schema uses something that llama.cpp would silently decode as something else. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

const keptGrammars = 64
const deepestSchema = 16
/**
 * llama.cpp's grammar parser refuses 2,000 repetitions of a character and 1,000 of an item, and takes larger numbers
 * for no limit at all. What is decoded under a tighter limit still fits the schema.
 */
const mostRepetitions = { maxLength: 1999, maxItems: 999 } as const
const knownKeywords = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'maxLength',
  'minLength',
  'const',
  'enum',
  'oneOf',
  'title',
  'description',
])

/** Compiles decoding schemas to grammars and keeps the latest. The returned function throws a SchemaError. */
export function grammarCompiler(llama: Llama): (schema: Record<string, unknown>) => Promise<LlamaGrammar> {
  const known = new LRUCache<string, LlamaGrammar>({ max: keptGrammars })
  return async (schema) => {
    const key = createHash('sha256').update(JSON.stringify(schema)).digest('base64')
    const grammar = known.get(key) ?? (await compile(llama, schema))
    known.set(key, grammar)
    return grammar
  }
}

async function compile(llama: Llama, schema: Record<string, unknown>): Promise<LlamaGrammar> {
  const checked = checkedSchema(schema, 0)
  try {
    return await llama.createGrammarForJsonSchema(checked as { type: 'object' })
  } catch (cause) {
    throw new SchemaError('llama.cpp cannot compile the decoding schema.', { cause })
  }
}

/** The schema as the grammar compiler takes it; anything that it ignores or miscompiles is refused. */
function checkedSchema(schema: unknown, depth: number): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || depth > deepestSchema) {
    throw new SchemaError('A decoding schema consists of objects, at most 16 deep.')
  }
  const unknownKeyword = Object.keys(schema).find((keyword) => !knownKeywords.has(keyword))
  if (unknownKeyword !== undefined) {
    throw new SchemaError(
      `The decoding schema uses "${unknownKeyword}", which llama.cpp cannot decode under.`,
    )
  }
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, checkedValue(keyword, value, depth)]),
  )
}

function checkedValue(keyword: string, value: unknown, depth: number): unknown {
  if (keyword === 'maxLength' || keyword === 'maxItems')
    return Math.min(Number(value), mostRepetitions[keyword])
  if (keyword === 'additionalProperties' && value !== false) {
    throw new SchemaError('The decoding schema must not leave properties open.')
  }
  if (keyword === 'items') return checkedSchema(value, depth + 1)
  if (keyword === 'oneOf' && Array.isArray(value)) return value.map((one) => checkedSchema(one, depth + 1))
  if (keyword === 'properties' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, checkedSchema(one, depth + 1)]),
    )
  }
  return value
}
