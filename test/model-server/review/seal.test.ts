import { randomBytes } from 'node:crypto'
import { categories, severities } from '@ai-review/protocol/finding'
import { Mark } from '@ai-review/protocol/seal'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isTrusted,
  isTrustedLedger,
  sealOfLedger,
  sealOfMark,
} from '../../../runner/model-server/src/review/seal.ts'

const key = randomBytes(32)
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const change = fc.record({
  repositoryId: fc.integer({ min: 1, max: 1e9 }),
  number: fc.integer({ min: 0, max: 1e6 }),
})
const bareMark = {
  kind: fc.constantFrom('finding' as const, 'summary' as const, 'declined' as const),
  head: hex(40),
  identity: hex(64),
}
const mark = fc.oneof(
  fc.record(bareMark),
  fc.record({
    ...bareMark,
    severity: fc.constantFrom(...severities),
    category: fc.constantFrom(...categories),
    lines: fc.integer({ min: 1, max: 200 }),
    flagged: hex(32),
  }),
)
const ledger = fc.record({ head: hex(40), hunks: fc.array(hex(32), { maxLength: 5 }) })

test('a mark that this server sealed for this pull request is trusted', () => {
  fc.assert(
    fc.property(change, mark, (about, unsealed) => {
      const seal = sealOfMark(key, about, unsealed)
      expect(isTrusted(key, about, Mark.parse({ ...unsealed, seal }))).toBe(true)
    }),
  )
})

test('a mark with one field changed, added or gone is not', () => {
  fc.assert(
    fc.property(change, mark, mark, (about, unsealed, other) => {
      const seal = sealOfMark(key, about, unsealed)
      for (const name of Object.keys({ ...unsealed, ...other })) {
        const value = other[name as keyof typeof other]
        if (value === unsealed[name as keyof typeof unsealed]) continue
        const { [name as 'kind']: _gone, ...rest } = unsealed
        const forged = Mark.safeParse({ ...rest, ...(value === undefined ? {} : { [name]: value }), seal })
        if (forged.success) expect(isTrusted(key, about, forged.data)).toBe(false)
      }
    }),
  )
})

test('neither mark nor ledger of another pull request, repository or key is', () => {
  fc.assert(
    fc.property(change, change, fc.tuple(mark, ledger), (about, elsewhere, [unsealed, read]) => {
      const sealed = { ...unsealed, seal: sealOfMark(key, about, unsealed) }
      const sealedLedger = { ...read, seal: sealOfLedger(key, about, read) }
      for (const other of [
        { ...about, number: elsewhere.number },
        { ...elsewhere, number: about.number },
      ]) {
        if (other.number === about.number && other.repositoryId === about.repositoryId) continue
        expect(isTrusted(key, other, sealed)).toBe(false)
        expect(isTrustedLedger(key, other, sealedLedger)).toBe(false)
      }
      expect(isTrusted(randomBytes(32), about, sealed)).toBe(false)
      expect(isTrustedLedger(randomBytes(32), about, sealedLedger)).toBe(false)
    }),
  )
})

test('marks of the first release are still believed', () => {
  const about = { repositoryId: 7, number: 3 }
  const unsealed = { kind: 'finding', head: 'a'.repeat(40), identity: 'b'.repeat(64) } as const
  expect(sealOfMark(new Uint8Array(32), about, unsealed)).toBe(
    '4dafc896a5216199305109d46b872ec87886fd5787169b9d4c5239a33ab9da5a',
  )
})

test('a ledger is trusted with exactly its hunks and its head', () => {
  fc.assert(
    fc.property(change, ledger, ledger, (about, unsealed, other) => {
      const sealed = { ...unsealed, seal: sealOfLedger(key, about, unsealed) }
      expect(isTrustedLedger(key, about, sealed)).toBe(true)
      const longer = { ...sealed, hunks: [...sealed.hunks, 'a'.repeat(32)] }
      expect(isTrustedLedger(key, about, longer)).toBe(false)
      fc.pre(unsealed.head !== other.head)
      expect(isTrustedLedger(key, about, { ...sealed, head: other.head })).toBe(false)
    }),
  )
})
