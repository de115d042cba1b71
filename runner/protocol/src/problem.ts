import { z } from 'zod'

export const problemCodes = [
  'bad-request',
  'unauthorized',
  'not-found',
  'not-your-repository',
  'not-by-this-run',
  'conflict',
  'too-large',
  'queue-full',
  'deadline-too-short',
  'superseded',
  'cancelled',
  'no-consent',
  'too-few-samples',
  'training-off',
  'no-personas',
  'engine-unavailable',
  'storage-unavailable',
  'issuer-unavailable',
  'shutting-down',
  'internal',
] as const

/** Why the server did not do what was asked (RFC 9457, with our code and a hint on what to change). Never holds text of a change. */
export const Problem = z.object({
  type: z.string(),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  hint: z.string(),
  retryable: z.boolean(),
})
export type Problem = z.infer<typeof Problem>
