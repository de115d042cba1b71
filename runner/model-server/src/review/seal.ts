import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Mark, SealKind } from '@ai-review/protocol/seal'

/** What a seal vouches for: that this server said `identity` about this head of this pull request of this repository. */
export interface Sealed {
  readonly repositoryId: number
  readonly number: number
  readonly head: string
  readonly kind: SealKind
  readonly identity: string
}

/** HMAC-SHA256 in lower-case hex. A JSON array keeps neighbouring fields from running into each other. */
export function sealOf(key: Uint8Array, sealed: Sealed): string {
  const { repositoryId, number, head, kind, identity } = sealed
  return createHmac('sha256', key)
    .update(JSON.stringify(['seal-v1', repositoryId, number, head, kind, identity]))
    .digest('hex')
}

/**
 * Identities among `marks` whose seal this server made for this pull request, each once.
 * A mark copied from another pull request, head or kind does not verify.
 */
export function trustedIdentities(
  key: Uint8Array,
  change: { readonly repositoryId: number; readonly number: number },
  marks: readonly Mark[],
): string[] {
  const trusted = marks.filter((mark) => {
    const expected = sealOf(key, { ...change, head: mark.head, kind: mark.kind, identity: mark.identity })
    return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(mark.seal, 'hex'))
  })
  return [...new Set(trusted.map((mark) => mark.identity))]
}
