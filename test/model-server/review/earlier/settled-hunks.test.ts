import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  settledHunks,
  unsettledFiles,
} from '../../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { aChangedFile, aHunk } from '../../../support/review-request.ts'
import { aLedger } from '../../support/sealed.ts'

const [a, b, c] = [aHunk(['+a']), aHunk(['+b'], 20), aHunk(['+c'], 40)]
const file = aChangedFile(['+a'], { hunks: [a, b, c] })

test('a hunk that any ledger names is settled, wherever it stands', () => {
  const moved = { ...b, newStart: 500 }
  const files = [{ ...file, hunks: [a, moved, c] }]
  expect(settledHunks(files, [aLedger([a]), aLedger([b])])).toEqual(new Set([a, moved]))
})

test('without a ledger nothing is', () => {
  expect(settledHunks([file], [])).toEqual(new Set())
})

test('twins are settled together, and only where one ledger has as many of them', () => {
  const [first, second] = [aHunk(['+same'], 1), aHunk(['+same'], 50)]
  const files = [aChangedFile([], { hunks: [first, a, second] })]
  expect(settledHunks(files, [aLedger([first, a])])).toEqual(new Set([a]))
  // Two ledgers that name it once each are two readings of the same one.
  expect(settledHunks(files, [aLedger([first]), aLedger([second])])).toEqual(new Set())
  expect(settledHunks(files, [aLedger([first, second])])).toEqual(new Set([first, second]))
})

test('a file with nothing left to read is not there', () => {
  const other = aChangedFile(['+x'], { path: 'src/other.ts' })
  const left = unsettledFiles([file, other], new Set([b, ...other.hunks]))
  expect(left.map(({ path, hunks }) => ({ path, hunks }))).toEqual([{ path: 'src/app.ts', hunks: [a, c] }])
})

test('names never stand more often among settled hunks than in the best ledger', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 3 }), (change, read) => {
      const hunksOf = (names: readonly string[]) =>
        names.map((name, index) => aHunk([`+${name}`], 1 + 9 * index))
      const hunks = hunksOf(change)
      const settled = settledHunks(
        [aChangedFile([], { hunks })],
        read.map((names) => aLedger(hunksOf(names))),
      )
      for (const name of new Set(change)) {
        const twins = hunks.filter((_, index) => change[index] === name)
        const best = Math.max(0, ...read.map((names) => names.filter((one) => one === name).length))
        expect(twins.filter((hunk) => settled.has(hunk))).toEqual(best >= twins.length ? twins : [])
      }
    }),
  )
})
