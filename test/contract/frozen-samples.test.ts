import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Capacity } from '@ai-review/protocol/capacity'
import { ReviewEvent } from '@ai-review/protocol/event'
import { wireJsonSchemas } from '@ai-review/protocol/json-schemas'
import { Problem } from '@ai-review/protocol/problem'
import { ReplyRequest, ReplyResult } from '@ai-review/protocol/reply'
import { ReviewRequest, ReviewResult } from '@ai-review/protocol/review'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const directory = join(import.meta.dirname, '../fixtures/wire/v1')
const shapes = {
  'review-request': ReviewRequest,
  'review-result': ReviewResult,
  'review-events': z.array(ReviewEvent),
  'reply-request': ReplyRequest,
  'reply-results': z.array(ReplyResult),
  capacity: Capacity,
  problem: Problem,
}

function readSample(name: string): unknown {
  return JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'))
}

/** Every object of `value`, with a field that no version knows. */
function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownFields)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, field]) => [name, withUnknownFields(field)])
  return { ...Object.fromEntries(fields), fieldOfALaterVersion: { any: 1 } }
}

/** Requests are closed, answers are open. */
const isRequest = (name: string) => name.endsWith('-request')

test('every frozen sample has a shape, and every shape a sample', () => {
  expect(readdirSync(directory).sort()).toEqual(
    Object.keys(shapes)
      .map((name) => `${name}.json`)
      .sort(),
  )
})

describe.each(Object.entries(shapes))('the frozen %s of v1', (name, shape) => {
  test('still parses without loss', () => {
    expect(shape.parse(readSample(name))).toEqual(readSample(name))
  })

  test(isRequest(name) ? 'is refused with an unknown field' : 'parses with fields of a later version', () => {
    const parsed = shape.safeParse(withUnknownFields(readSample(name)))
    expect(parsed.success).toBe(!isRequest(name))
    if (parsed.success) expect(parsed.data).toEqual(readSample(name))
  })
})

test('the JSON Schemas accept the frozen samples, and refuse a request with an unknown field', () => {
  const schemas = wireJsonSchemas()
  const ajv = new Ajv2020({ strict: false })
  for (const name of ['review-request', 'review-result', 'reply-request', 'capacity', 'problem'] as const) {
    const validate = ajv.compile(schemas[name])
    expect(validate(readSample(name)), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true)
  }
  const event = ajv.compile(schemas['review-event'])
  for (const sample of readSample('review-events') as unknown[]) expect(event(sample)).toBe(true)
  const result = ajv.compile(schemas['reply-result'])
  for (const sample of readSample('reply-results') as unknown[]) expect(result(sample)).toBe(true)
  for (const name of ['review-request', 'reply-request'] as const) {
    expect(ajv.validate(schemas[name], { ...(readSample(name) as object), more: 1 })).toBe(false)
  }
})
