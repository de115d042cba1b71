import { createHash } from 'node:crypto'
import { z } from 'zod'

const minimumKeyLength = 32

export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

export const secret = z.string().min(minimumKeyLength, `must have at least ${minimumKeyLength} characters`)

export const apiKeys = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((key) => key.trim())
      .filter((key) => key !== ''),
  )
  .pipe(z.array(secret).min(1, 'holds no key'))
  .transform((keys) => keys.map(digestOfSetting))

export const databaseUrl = z.union(
  [z.literal('none'), z.url({ protocol: /^postgres(ql)?$/ })],
  'must be a postgres:// URL, or none',
)

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })

function digestOfSetting(key: string): Uint8Array {
  const digest = /^sha256:([0-9a-f]{64})$/i.exec(key)?.[1]
  return digest === undefined ? createHash('sha256').update(key).digest() : Buffer.from(digest, 'hex')
}
