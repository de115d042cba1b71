import { z } from 'zod'
import { Effort } from './review.ts'

/** `GET /v1/capacity`: what a caller can expect now. `effort` is what a review with the default deadline would get. */
export const Capacity = z.object({
  running: z.int().min(0),
  queued: z.int().min(0),
  slots: z.int().min(1),
  queueLimit: z.int().min(0),
  model: z.string().nullable(),
  effort: Effort,
})
export type Capacity = z.infer<typeof Capacity>
