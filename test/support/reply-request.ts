import { createHash } from 'node:crypto'
import type { ReplyRequest } from '@ai-review/protocol/reply'
import type { Mark } from '@ai-review/protocol/seal'
import { type SealedChange, sealOfMark } from '../../runner/model-server/src/review/seal.ts'

const change: SealedChange = { repositoryId: 7, number: 12 }

/** A mark as it stands on a finding's comment, sealed with `key`, for pull request 12 of repository 7 unless told otherwise. */
export function aSealedMark(
  key: Uint8Array,
  overrides: Partial<Omit<Mark, 'seal'>> = {},
  of: SealedChange = change,
): Mark {
  const unsealed = {
    kind: 'finding',
    head: 'a'.repeat(40),
    identity: createHash('sha256').update('finding').digest('hex'),
    severity: 'high',
    category: 'bug',
    lines: 1,
    flagged: 'd'.repeat(32),
    ...overrides,
  } as const
  return { ...unsealed, seal: sealOfMark(key, of, unsealed) }
}

/** A person doubts a finding on pull request 12 of repository 7, one commit after it was said. */
export function aReplyRequest(mark: Mark, overrides: Partial<ReplyRequest> = {}): ReplyRequest {
  return {
    repository: { id: change.repositoryId, owner: 'acme', name: 'shop' },
    change: { number: change.number, headSha: 'b'.repeat(40), baseSha: 'c'.repeat(40) },
    intent: 'answer',
    mark,
    path: 'src/total.ts',
    hunk: '@@ -1,2 +1,2 @@\n function total(price) {\n-  return price\n+  const total = price',
    thread: [
      { by: 'reviewer', text: 'Quantity is ignored.\n\nEvery order costs the price of one piece.' },
      { by: 'person', text: 'Is the quantity not always one?' },
    ],
    deadlineMs: 20_000,
    ...overrides,
  }
}

/** An answer in a thread as a model gives it. */
export const replyWith = (answer: unknown): string => JSON.stringify({ answer })
