import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import type { ReviewRequestInput } from '@ai-review/protocol/review'
import { type Ledger, longestLedger, type Mark } from '@ai-review/protocol/seal'
import { describe, expect, test } from 'vitest'
import { believeRequest } from '../../../runner/model-server/src/admission/believe-request.ts'
import { fixedName, ledgerName } from '../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { sealOfLedger } from '../../../runner/model-server/src/review/seal.ts'
import { aChangedFile, aHunk, aReviewRequest } from '../../support/review-request.ts'
import { aLedger, aMark, sealedChange, sealKey } from '../support/sealed.ts'

const line = 'const total = price * quantity'
const hunk = aHunk([`+${line}`])
const files = [aChangedFile([], { hunks: [hunk] })]
const mark = aMark({ text: [line] })
const elsewhere = [
  { ...sealedChange, number: sealedChange.number + 1 },
  { ...sealedChange, repositoryId: sealedChange.repositoryId + 1 },
]

function told(overrides: Partial<ReviewRequestInput>, of: readonly FileToReview[] = files) {
  return believeRequest(aReviewRequest(of, overrides), { sealKey, hasModel: true }).told
}

const nothing = { trusted: [], earlier: [], settled: [] }
const manyHunks = (count: number): Hunk[] => Array.from({ length: count }, (_, at) => aHunk([`+read ${at}`]))

describe('what this server sealed for this pull request', () => {
  test('is believed: findings, whether they were declined, and hunks', () => {
    const declined = aMark({ text: [line], kind: 'declined' })
    expect(told({ marks: [mark, declined], ledgers: [aLedger([hunk])] })).toEqual({
      trusted: [mark.identity],
      earlier: [
        { identity: mark.identity, state: 'settled', severity: 'high', category: 'bug', declined: true },
      ],
      settled: [ledgerName(hunk)],
    })
  })

  test('settles nothing where everything is to be read again', () => {
    const { settled, earlier } = told({ marks: [mark], ledgers: [aLedger([hunk])], full: true })
    expect(settled).toEqual([])
    expect(earlier.map(({ state }) => state)).toEqual(['reread'])
  })

  test('settles nothing where no ledger is sent, as by an Action of the first release', () => {
    expect(told({ marks: [mark] })).toMatchObject({ settled: [], earlier: [{ state: 'reread' }] })
  })

  test('is believed of the newest ledger, for an older one names what was changed and changed back', () => {
    expect(told({ ledgers: [aLedger([hunk]), aLedger([])] }).settled).toEqual([])
    const forged = { ...aLedger([]), seal: 'f'.repeat(64) }
    expect(told({ ledgers: [aLedger([]), aLedger([hunk]), forged] }).settled).toEqual([ledgerName(hunk)])
  })

  test('is believed in the mass', () => {
    const marks = Array.from({ length: 2000 }, (_, at) => aMark({ text: [`const gone${at} = true`] }))
    const ledgers = Array.from({ length: 10 }, (_, at) => aLedger(manyHunks(longestLedger).slice(at)))
    const { earlier, settled } = told({ marks, ledgers: [...ledgers.slice(1), aLedger([hunk])] })
    expect(earlier).toHaveLength(2000)
    expect(settled).toEqual([ledgerName(hunk)])
  })
})

describe('what is not sealed for it', () => {
  const forgedLedgers: Ledger[] = [
    { ...aLedger([hunk]), seal: 'f'.repeat(64) },
    { ...aLedger([]), hunks: [ledgerName(hunk)] },
    { ...aLedger([hunk]), head: 'd'.repeat(40) },
    ...elsewhere.map((change) => aLedger([hunk], change)),
  ]
  const forgedMarks: Mark[] = [
    { ...mark, seal: 'f'.repeat(64) },
    { ...mark, kind: 'declined' },
    { ...mark, severity: 'low' },
    { ...mark, identity: 'd'.repeat(64) },
    { ...mark, lines: 200 },
    ...elsewhere.map((change) => aMark({ text: [line], change })),
  ]

  test('skips no hunk', () => {
    expect(told({ ledgers: forgedLedgers })).toEqual(nothing)
  })

  test('silences no finding and declines none', () => {
    expect(told({ marks: forgedMarks })).toEqual(nothing)
    expect(told({ marks: [mark, ...forgedMarks] }).earlier).toEqual([
      { identity: mark.identity, state: 'reread', severity: 'high', category: 'bug', declined: false },
    ])
  })

  test('is not believed from a summary that was sealed as one', () => {
    const summary = aMark({ text: [line], kind: 'summary' })
    expect(told({ marks: [{ ...summary, kind: 'finding' }] })).toEqual(nothing)
  })
})

describe('where a person’s style speaks', () => {
  const alone = { id: 3, login: 'maintainer', beside: false }
  const gone = aMark({ text: ['const gone = true'] })
  const statesOf = (overrides: Partial<ReviewRequestInput>) =>
    told({ ledgers: [aLedger([])], ...overrides }).earlier.map(({ state }) => state)

  test('alone, nothing is settled, and its silence fixes nothing', () => {
    const request = { marks: [mark, gone], ledgers: [aLedger([hunk])], persona: alone }
    expect(told(request).settled).toEqual([])
    expect(statesOf(request)).toEqual(['settled', 'gone'])
    expect(statesOf({ ...request, ledgers: [aLedger([])] })).toEqual(['settled', 'gone'])
    expect(statesOf({ ...request, full: true })).toEqual(['settled', 'gone'])
  })

  test('alone, what was fixed before stays fixed', () => {
    const unsealed = { head: 'c'.repeat(40), hunks: [fixedName(mark.identity)] }
    const ledger = { ...unsealed, seal: sealOfLedger(sealKey, sealedChange, unsealed) }
    expect(statesOf({ marks: [mark], ledgers: [ledger], persona: alone })).toEqual(['gone'])
  })

  test('what only it said is not fixed by others who do not find it, as long as its text stands', () => {
    const voiced = aMark({ text: [line], voice: 'persona' })
    const beside = { ...alone, beside: true }
    expect(statesOf({ marks: [voiced] })).toEqual(['settled'])
    expect(statesOf({ marks: [voiced], full: true })).toEqual(['settled'])
    expect(statesOf({ marks: [voiced], persona: beside })).toEqual(['settled'])
    expect(statesOf({ marks: [voiced, mark] })).toEqual(['changed'])
    expect(statesOf({ marks: [aMark({ text: ['const gone = true'], voice: 'persona' })] })).toEqual(['gone'])
  })
})
