import { z } from 'zod'
import { Category, Severity } from './finding.ts'

const Hex64 = z.string().regex(/^[0-9a-f]{64}$/)
const Hex32 = z.string().regex(/^[0-9a-f]{32}$/)

/** What a hidden marker may vouch for. `declined`: a person with the right to do so declined the finding. */
export const SealKind = z.enum(['finding', 'summary', 'declined'])
export type SealKind = z.infer<typeof SealKind>

/** Identity under which a summary is sealed: there is one summary for a head, so nothing else needs naming. */
export const summaryIdentity = '0'.repeat(64)

/** Most lines that a mark counts: a longer range is not looked for in later heads. */
export const longestFlaggedRange = 200

/**
 * What a hidden marker on one of our comments carries. Every workflow of a repository posts as the same bot,
 * so only the server's HMAC over (repository id, pull request and all other fields) proves that a comment is ours.
 * `severity` to `flagged` stand on marks of findings, all or none: how severe it was said to be, and by what it is
 * known again: the number of flagged lines, and the hash of their text (`Finding.flagged`). `voice` stands on findings in
 * the style of a person: what others do not find again is not thereby fixed.
 */
export const Mark = z.strictObject({
  kind: SealKind,
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  identity: Hex64,
  seal: Hex64,
  severity: Severity.optional(),
  category: Category.optional(),
  lines: z.int().min(1).max(longestFlaggedRange).optional(),
  flagged: Hex32.optional(),
  voice: z.literal('persona').optional(),
})
export type Mark = z.infer<typeof Mark>

/** Most hunks that one ledger names; those beyond are read again. */
export const longestLedger = 4000

/**
 * Which hunks of a pull request a model has read, each by the first 32 digits of its identity, as often as it stands in
 * the change. It lies hidden in our check and our review, and is believed only with the server's seal.
 */
export const Ledger = z.strictObject({
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  hunks: z.array(Hex32).max(longestLedger),
  seal: Hex64,
})
export type Ledger = z.infer<typeof Ledger>
