import type { Hunk } from '@ai-review/protocol/change'
import type { Category, Severity } from '@ai-review/protocol/finding'
import type { Ledger, Mark, SealKind } from '@ai-review/protocol/seal'
import { ledgerName } from '../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { flaggedOf, identityOf, plainText } from '../../../runner/model-server/src/review/identity.ts'
import { type SealedChange, sealOfLedger, sealOfMark } from '../../../runner/model-server/src/review/seal.ts'

/** A key of a model server, and the pull request that test requests are about. */
export const sealKey = new Uint8Array(32).fill(7)
export const sealedChange: SealedChange = { repositoryId: 7, number: 12 }

interface MarkOf {
  readonly path?: string
  readonly text: readonly string[]
  readonly kind?: SealKind
  readonly category?: Category
  readonly severity?: Severity
  readonly change?: SealedChange
  readonly voice?: 'persona'
}

const head = 'c'.repeat(40)

/** A sealed mark of a finding on these lines, as the Action writes it. */
export function aMark({ path = 'src/app.ts', text, kind = 'finding', ...about }: MarkOf): Mark {
  const { category = 'bug', severity = 'high', change = sealedChange, voice } = about
  const plain = plainText(text)
  const identity = identityOf({ path, category, text: plain })
  const unsealed = {
    kind,
    head,
    identity,
    severity,
    category,
    lines: text.length,
    flagged: flaggedOf(plain),
    ...(voice === undefined ? {} : { voice }),
  }
  return { ...unsealed, seal: sealOfMark(sealKey, change, unsealed) }
}

/** The mark that the first release would have written. */
export function aBareMark(about: MarkOf): Mark {
  const { kind, identity } = aMark(about)
  return { kind, head, identity, seal: sealOfMark(sealKey, sealedChange, { kind, head, identity }) }
}

/** A sealed ledger of these hunks. */
export function aLedger(hunks: readonly Hunk[], change: SealedChange = sealedChange): Ledger {
  const unsealed = { head, hunks: hunks.map(ledgerName).sort() }
  return { ...unsealed, seal: sealOfLedger(sealKey, change, unsealed) }
}
