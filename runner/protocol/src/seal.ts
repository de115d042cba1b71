import { z } from 'zod'

const Hex64 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a hidden marker may vouch for. */
export const SealKind = z.enum(['finding', 'summary'])
export type SealKind = z.infer<typeof SealKind>

/** Identity under which a summary is sealed: there is one summary for a head, so nothing else needs naming. */
export const summaryIdentity = '0'.repeat(64)

/**
 * What a hidden marker on one of our comments carries. Every workflow of a repository posts as the same bot,
 * so only the server's HMAC over (repository id, pull request, head, kind, identity) proves that a comment is ours.
 */
export const Mark = z.strictObject({
  kind: SealKind,
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  identity: Hex64,
  seal: Hex64,
})
export type Mark = z.infer<typeof Mark>
