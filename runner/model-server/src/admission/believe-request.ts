import type { EarlierFinding, ReviewRequest } from '@ai-review/protocol/review'
import { type Recognised, recognise } from '../review/earlier/recognise.ts'
import { ledgerName } from '../review/earlier/settled-hunks.ts'
import { isTrusted, isTrustedLedger } from '../review/seal.ts'

/** What a request tells of earlier reviews, as far as this server sealed it, and what `accepted` says of it. */
interface Believed {
  readonly recognised: Recognised
  readonly told: {
    readonly trusted: string[]
    readonly earlier: EarlierFinding[]
    readonly settled: string[]
  }
}

/** Believes marks and ledgers with this server's seal for this pull request, and looks for them in the change. */
export function believeRequest(
  request: ReviewRequest,
  by: { readonly sealKey: Uint8Array; readonly hasModel: boolean },
): Believed {
  const change = { repositoryId: request.repository.id, number: request.change.number }
  const marks = request.marks.filter((mark) => isTrusted(by.sealKey, change, mark))
  const ledgers = (request.ledgers ?? []).filter((ledger) => isTrustedLedger(by.sealKey, change, ledger))
  const seen = new Set(request.files.map(({ path }) => path))
  const recognised = recognise({
    files: request.files,
    unseenPaths: request.changedFiles.map(({ path }) => path).filter((path) => !seen.has(path)),
    marks,
    ledgers,
    full: request.full === true,
    hasModel: by.hasModel,
    isVoiceAlone: request.persona?.beside === false,
  })
  return {
    recognised,
    told: {
      trusted: [...new Set(marks.map((mark) => mark.identity))],
      earlier: [...recognised.earlier],
      settled: [...recognised.settled].map(ledgerName).sort(),
    },
  }
}
