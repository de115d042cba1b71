import { z } from 'zod'
import { RepositoryName } from './review.ts'

/** What people made of a finding. `ignored`: the pull request was merged and the line left as it was. */
export const FeedbackKind = z.enum(['fixed', 'declined', 'up', 'down', 'ignored'])
export type FeedbackKind = z.infer<typeof FeedbackKind>

/**
 * `POST /v1/feedback`: what became of findings on one pull request. Said again it counts once. Findings that this server
 * did not raise are passed over.
 */
export const FeedbackRequest = z.strictObject({
  repository: RepositoryName,
  pullRequest: z.int().min(1),
  outcomes: z
    .array(z.strictObject({ identity: z.string().regex(/^[0-9a-f]{64}$/), kind: FeedbackKind }))
    .max(2000),
})
export type FeedbackRequest = z.infer<typeof FeedbackRequest>

export const FeedbackResult = z.object({ recorded: z.int().min(0) })
export type FeedbackResult = z.infer<typeof FeedbackResult>
