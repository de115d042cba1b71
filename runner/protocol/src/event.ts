import { z } from 'zod'
import { Finding } from './finding.ts'
import { Problem } from './problem.ts'
import { Accepted, Done, Progress } from './review.ts'

/** The server-sent events of a review, in order: one `accepted`, any `progress` and `finding`, then one `done` or `problem`. */
export const ReviewEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('accepted'), data: Accepted }),
  z.object({ event: z.literal('progress'), data: Progress }),
  z.object({ event: z.literal('finding'), data: Finding }),
  z.object({ event: z.literal('done'), data: Done }),
  z.object({ event: z.literal('problem'), data: Problem }),
])
export type ReviewEvent = z.infer<typeof ReviewEvent>
