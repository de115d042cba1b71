import { readFileSync } from 'node:fs'
import { isObject, type Json, type JsonObject } from './json.ts'

/** GitHub's own OpenAPI description, cut down by `scripts/trim-github-openapi.ts`. */
export const description = JSON.parse(
  readFileSync(new URL('github-openapi.generated.json', import.meta.url), 'utf8'),
) as JsonObject

/** Follows `#/a/b` into the description. */
function resolveReference(reference: string): JsonObject {
  let place: Json | undefined = description
  for (const name of reference.slice(2).split('/')) place = isObject(place) ? place[name] : undefined
  if (!isObject(place)) throw new Error(`nothing stands at ${reference} of the description`)
  return place
}

/** The schema itself, or what its `$ref` names. */
export function dereference(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {}
  const reference = value.$ref
  return typeof reference === 'string' ? dereference(resolveReference(reference)) : value
}
