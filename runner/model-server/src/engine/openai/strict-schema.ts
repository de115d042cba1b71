import type { DecodingSchema } from '../engine.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function strictValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictValue)
  return isObject(value) ? strictSchema(value) : value
}

/**
 * The schema as servers with a strict mode want it: every property required, no others, unions as `anyOf`, and a
 * type beside each enum of texts.
 */
export function strictSchema(schema: DecodingSchema): DecodingSchema {
  const { oneOf, properties, ...rest } = schema
  const isTextEnum = Array.isArray(rest.enum) && rest.enum.every((value) => typeof value === 'string')
  return {
    ...(isTextEnum ? { type: 'string' } : {}),
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, key === 'enum' ? value : strictValue(value)]),
    ),
    ...(oneOf === undefined ? {} : { anyOf: strictValue(oneOf) }),
    ...(isObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, strictValue(property)]),
          ),
          required: Object.keys(properties),
          additionalProperties: false,
        }
      : {}),
  }
}
