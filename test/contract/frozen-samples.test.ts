import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Capacity } from '@ai-review/protocol/capacity'
import { ReviewEvent } from '@ai-review/protocol/event'
import { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import { wireJsonSchemas } from '@ai-review/protocol/json-schemas'
import {
  ConsentRequest,
  PersonaStatus,
  PromotionRequest,
  SamplesChunk,
  TrainingRequest,
  TrainingStatus,
} from '@ai-review/protocol/persona'
import { Problem } from '@ai-review/protocol/problem'
import { ReplyRequest, ReplyResult } from '@ai-review/protocol/reply'
import { ReviewRequest, ReviewResult } from '@ai-review/protocol/review'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const wire = join(import.meta.dirname, '../fixtures/wire')
/** Each shape, and the JSON Schema of it, or of each of its items. */
const shapes = {
  'review-request': { shape: ReviewRequest, schema: 'review-request' },
  'review-result': { shape: ReviewResult, schema: 'review-result' },
  'review-events': { shape: z.array(ReviewEvent), schema: 'review-event' },
  'reply-request': { shape: ReplyRequest, schema: 'reply-request' },
  'reply-results': { shape: z.array(ReplyResult), schema: 'reply-result' },
  capacity: { shape: Capacity, schema: 'capacity' },
  problem: { shape: Problem, schema: 'problem' },
  'consent-request': { shape: ConsentRequest, schema: 'persona-consent' },
  'samples-request': { shape: SamplesChunk, schema: 'persona-samples' },
  'training-request': { shape: TrainingRequest, schema: 'persona-training-request' },
  'promotion-request': { shape: PromotionRequest, schema: 'persona-promotion' },
  'training-statuses': { shape: z.array(TrainingStatus), schema: 'persona-training-status' },
  'persona-statuses': { shape: z.array(PersonaStatus), schema: 'persona-status' },
  'feedback-request': { shape: FeedbackRequest, schema: 'feedback-request' },
  'feedback-result': { shape: FeedbackResult, schema: 'feedback-result' },
} as const
type ShapeName = keyof typeof shapes

/** What was frozen when; `v1` says all that the first release did, the others what fields were added. */
const frozen: Readonly<Record<string, readonly ShapeName[]>> = {
  v1: [
    'review-request',
    'review-result',
    'review-events',
    'reply-request',
    'reply-results',
    'capacity',
    'problem',
  ],
  'v1-over-time': ['review-request', 'review-result', 'review-events'],
  'v1-personas': [
    'consent-request',
    'samples-request',
    'training-request',
    'promotion-request',
    'training-statuses',
    'persona-statuses',
    'feedback-request',
    'feedback-result',
  ],
}

function readSample(folder: string, name: ShapeName): unknown {
  return JSON.parse(readFileSync(join(wire, folder, `${name}.json`), 'utf8'))
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
  expect(readdirSync(wire).sort()).toEqual(Object.keys(frozen).sort())
  for (const [folder, names] of Object.entries(frozen)) {
    expect(readdirSync(join(wire, folder)).sort()).toEqual(names.map((name) => `${name}.json`).sort())
  }
})

const samples = Object.entries(frozen).flatMap(([folder, names]) => names.map((name) => ({ folder, name })))

describe.each(samples)('the frozen $name of $folder', ({ folder, name }) => {
  const { shape, schema } = shapes[name]
  const sample = readSample(folder, name)

  test('still parses without loss', () => {
    expect(shape.parse(sample)).toEqual(sample)
  })

  test(isRequest(name) ? 'is refused with an unknown field' : 'parses with fields of a later version', () => {
    const parsed = shape.safeParse(withUnknownFields(sample))
    expect(parsed.success).toBe(!isRequest(name))
    if (parsed.success) expect(parsed.data).toEqual(sample)
  })

  test('is what its JSON Schema accepts, open or closed as the shape is', () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(wireJsonSchemas()[schema])
    const items: unknown[] = Array.isArray(sample) ? sample : [sample]
    for (const item of items) {
      expect(validate(item), JSON.stringify(validate.errors)).toBe(true)
      expect(validate({ ...(item as object), more: 1 })).toBe(!isRequest(name))
    }
  })
})
