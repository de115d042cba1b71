import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { dereference, description } from './description.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

export interface Operation {
  readonly id: string
  readonly method: string
  readonly template: string
}

/** What was exchanged, as the guard needs it. */
interface Exchange {
  readonly query: URLSearchParams
  readonly body: Json | undefined
}

/** Every operation of the description. */
export const operations: readonly Operation[] = Object.entries(description.paths as JsonObject).flatMap(
  ([template, methods]) =>
    Object.entries(methods as JsonObject).map(([method, operation]) => ({
      id: String((operation as JsonObject).operationId),
      method: method.toUpperCase(),
      template,
    })),
)

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, allowUnionTypes: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'github', ...(withoutNullable(description) as JsonObject) })
const compiled = new Map<string, ValidateFunction>()

/** OpenAPI 3.0 says `nullable`; JSON Schema wants null among the alternatives. */
function withoutNullable(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNullable)
  if (!isObject(value)) return value
  const { nullable, ...rest } = value
  const inner = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, withoutNullable(item)]))
  return nullable === true ? { anyOf: [{ type: 'null' }, inner] } : inner
}

function pointerTo(...names: string[]): string {
  return `github#/${names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
}

function errorsAgainst(pointer: string, value: Json): string[] {
  let validate = compiled.get(pointer)
  if (validate === undefined) {
    validate = ajv.compile({ $ref: pointer })
    compiled.set(pointer, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

function operationObject(operation: Operation): JsonObject {
  const methods = (description.paths as JsonObject)[operation.template] as JsonObject
  return methods[operation.method.toLowerCase()] as JsonObject
}

/** GitHub's schemas allow unknown keys everywhere, so they are looked for here. */
function unknownKeys(schema: Json | undefined, value: Json, place: string): string[] {
  if (Array.isArray(value)) {
    const items = dereference(schema).items
    return value.flatMap((item, index) => unknownKeys(items, item, `${place}/${index}`))
  }
  if (!isObject(value)) return []
  const properties = propertiesOf(schema)
  if (properties === undefined) return []
  return Object.entries(value).flatMap(([key, item]) =>
    key in properties
      ? unknownKeys(properties[key], item, `${place}/${key}`)
      : [`${place}/${key} is not described`],
  )
}

function propertiesOf(schema: Json | undefined): JsonObject | undefined {
  const found = dereference(schema)
  const alternatives = [found.allOf, found.anyOf, found.oneOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  const parts = [found.properties, ...alternatives.map(propertiesOf)].filter(isObject)
  return parts.length === 0 ? undefined : Object.assign({}, ...parts)
}

/** What a request does that GitHub's description does not foresee. Empty if nothing. */
export function requestViolations(operation: Operation, { query, body }: Exchange): string[] {
  const object = operationObject(operation)
  const parameters = ((object.parameters ?? []) as Json[]).map(dereference)
  const inQuery = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]))
  const problems = [...query.entries()].flatMap(([name, value]) => {
    const parameter = inQuery.get(name)
    return parameter === undefined ? [`query ${name} is not described`] : queryErrors(parameter, name, value)
  })
  const schema = bodySchema(object)
  if (body === undefined) return problems
  if (schema === undefined) return [...problems, 'a body where none is described']
  const pointer = pointerTo(
    ...['paths', operation.template, operation.method.toLowerCase()],
    ...['requestBody', 'content', 'application/json', 'schema'],
  )
  const errors = errorsAgainst(pointer, body).map((error) => `body${error}`)
  return [...problems, ...errors, ...unknownKeys(schema, body, 'body')]
}

function bodySchema(operation: JsonObject): Json | undefined {
  const content = dereference(operation.requestBody).content
  return isObject(content) ? dereference(content['application/json']).schema : undefined
}

function queryErrors(parameter: JsonObject, name: string, value: string): string[] {
  const schema = dereference(parameter.schema)
  const isNumber = schema.type === 'integer' || schema.type === 'number'
  if (isNumber && !/^\d+$/.test(value)) return [`query ${name} is not a number`]
  const allowed = schema.enum
  return Array.isArray(allowed) && !allowed.includes(value)
    ? [`query ${name} is none of the described values`]
    : []
}

/** What an answer of the stand-in does that GitHub's description does not foresee. */
export function answerViolations(operation: Operation, status: number, body: Json | undefined): string[] {
  const responses = operationObject(operation).responses as JsonObject
  const response = responses[String(status)]
  if (response === undefined) {
    if (status < 400) return [`answer ${status} is not described`]
    return errorsAgainst(pointerTo('components', 'schemas', 'basic-error'), body ?? {})
  }
  const content = dereference(response).content
  if (!isObject(content) || body === undefined) return []
  const schema = dereference(content['application/json']).schema
  if (!isObject(schema)) return []
  const reference = schema.$ref
  const pointer =
    typeof reference === 'string'
      ? `github${reference}`
      : pointerTo(
          ...['paths', operation.template, operation.method.toLowerCase()],
          ...['responses', String(status), 'content', 'application/json', 'schema'],
        )
  return errorsAgainst(pointer, body)
    .filter((error) => !knownDeviations.test(error))
    .map((error) => `answer ${status}${error}`)
}

/** GitHub sends null for the place of an outdated comment, against its own description. */
const knownDeviations = /^(\/\d+)?\/(line|position) must be integer$/

/** What the payload of an event does that GitHub's description of webhooks does not foresee. */
export function payloadViolations(webhook: string, payload: JsonObject): string[] {
  return errorsAgainst(pointerTo('webhooks', webhook), payload)
}
