import { z } from 'zod'
import { readApiKey } from './callers/api-key.ts'

const minimumKeyLength = 32

export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

export const secret = z.string().min(minimumKeyLength, `must have at least ${minimumKeyLength} characters`)

/** Words separated by commas. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
)

const apiKey = z.string().transform((entry, context) => {
  const key = readApiKey(entry)
  if (key !== null) return key
  context.addIssue({ code: 'custom', message: `must have at least ${minimumKeyLength} characters` })
  return z.NEVER
})

export const apiKeys = list.pipe(z.array(apiKey).min(1, 'holds no key'))

export const databaseUrl = z.union(
  [z.literal('none'), z.url({ protocol: /^postgres(ql)?$/ })],
  'must be a postgres:// URL, or none',
)

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
