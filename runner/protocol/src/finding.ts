import { z } from 'zod'
import { Side } from './change.ts'

/** Most severe first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

export const categories = [
  'bug',
  'security',
  'performance',
  'concurrency',
  'error-handling',
  'api-design',
  'maintainability',
  'testing',
  'documentation',
  'style',
] as const
export const Category = z.enum(categories)
export type Category = z.infer<typeof Category>

/** Who raised a finding. */
export const ReviewerName = z.enum(['model', 'patterns', 'secrets', 'text', 'persona'])
export type ReviewerName = z.infer<typeof ReviewerName>

/** What a finding rests on: a rule by its id, a guideline by its path, a past comment as `<pull request>#<comment>` in numbers. */
export const Evidence = z.object({
  kind: z.enum(['rule', 'guideline', 'past-comment']),
  reference: z.string().max(500),
})
export type Evidence = z.infer<typeof Evidence>

/** Longest texts that the server sends; the Action relies on them when it fits bodies into GitHub's limits. */
export const findingLimits = { title: 120, body: 1500, suggestion: 4000, evidence: 5 } as const

/**
 * A remark on one line, or on the lines `startLine`..`line`, of one side of one file.
 * `suggestion` is the text that replaces exactly these lines; '' deletes them.
 * `identity` is the same whenever path, category and flagged text are, however the finding is worded.
 * `flagged` is the first half of the SHA-256 of the flagged text alone: a finding is known again by it where its file moved.
 * `voice` is the login of the person in whose style it is written.
 * `seal` is the server's signature over what the finding's mark will carry; see `seal.ts`.
 */
export const Finding = z.object({
  path: z.string().min(1),
  side: Side,
  startLine: z.int().min(1).optional(),
  line: z.int().min(1),
  category: Category,
  severity: Severity,
  confidence: z.number().min(0).max(1),
  title: z.string().min(1).max(findingLimits.title),
  body: z.string().max(findingLimits.body),
  suggestion: z.string().max(findingLimits.suggestion).optional(),
  evidence: z.array(Evidence).max(findingLimits.evidence),
  reviewer: ReviewerName,
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  flagged: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  voice: z.string().min(1).max(39).optional(),
  seal: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Finding = z.infer<typeof Finding>
