import { dereference } from './description.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

/**
 * Completes what the stand-in knows to what GitHub's schema demands: every required property that `known` lacks
 * gets the plainest valid value (null where null is allowed). What `known` says is never changed.
 */
export function completeAnswer(schemaName: string, known: JsonObject, base: string): JsonObject {
  return completeObject({ $ref: `#/components/schemas/${schemaName}` }, known, base)
}

function completeObject(schema: JsonObject, known: JsonObject, base: string): JsonObject {
  const { properties, required } = shapeOf(schema)
  const answer: JsonObject = {}
  for (const [name, value] of Object.entries(known)) {
    const property = properties[name]
    answer[name] = property === undefined ? value : completeValue(property, value, base)
  }
  for (const name of required) {
    if (!(name in answer)) answer[name] = plainest({ name, schema: properties[name], base })
  }
  return answer
}

function completeValue(schema: Json, value: Json, base: string): Json {
  const branch = objectBranch(schema)
  if (isObject(value)) return completeObject(branch, value, base)
  if (!Array.isArray(value)) return value
  const items = dereference(branch.items)
  return value.map((item) => (isObject(item) ? completeObject(items, item, base) : item))
}

/** The first alternative that is not a plain `null`. */
function objectBranch(schema: Json): JsonObject {
  const found = dereference(schema)
  const alternatives = found.anyOf ?? found.oneOf
  return Array.isArray(alternatives) && found.properties === undefined
    ? objectBranch(alternatives[0] ?? {})
    : found
}

function shapeOf(schema: JsonObject): { properties: JsonObject; required: string[] } {
  const found = objectBranch(schema)
  const parts = Array.isArray(found.allOf) ? found.allOf.map((part) => shapeOf(dereference(part))) : []
  const properties = isObject(found.properties) ? found.properties : {}
  const required = Array.isArray(found.required) ? (found.required as string[]) : []
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), properties),
    required: [...parts.flatMap((part) => part.required), ...required],
  }
}

function plainest(wanted: { name: string; schema: Json | undefined; base: string }): Json {
  const outer = dereference(wanted.schema)
  if (outer.nullable === true) return null
  const schema = objectBranch(outer)
  if (schema.nullable === true) return null
  const values = schema.enum
  if (Array.isArray(values)) return values[0] ?? null
  if (schema.type === 'string') return plainestString(wanted.name, schema, wanted.base)
  if (schema.type === 'integer' || schema.type === 'number') return 0
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return []
  return completeObject(schema, {}, wanted.base)
}

function plainestString(name: string, schema: JsonObject, base: string): string {
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z'
  if (schema.format === 'uri' || name.endsWith('url')) return `${base}/${name}`
  return ''
}
