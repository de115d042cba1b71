import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  hunksReadBefore,
  longestOwnLedger,
  unsettledFiles,
} from '../../../../runner/model-server/src/review/earlier/settled-hunks.ts'
import { aChangedFile, aHunk } from '../../../support/review-request.ts'
import { aLedger } from '../../support/sealed.ts'

const [a, b, c] = [aHunk(['+a']), aHunk(['+b'], 20), aHunk(['+c'], 40)]
const file = aChangedFile(['+a'], { hunks: [a, b, c] })

test('a hunk that the newest ledger names is settled, wherever it stands', () => {
  const moved = { ...b, newStart: 500 }
  const d = aHunk(['+d'], 60)
  const files = [{ ...file, hunks: [a, moved, c, d] }]
  const { settled, changed } = hunksReadBefore(files, [aLedger([c]), aLedger([a, b])])
  expect(settled).toEqual(new Set([a, moved]))
  // One that came back is read again, for what it was found to hold was perhaps fixed since; yet it is what it was.
  expect(changed).toEqual(new Set([d]))
})

test('without a ledger nothing is, and nobody knows what changed', () => {
  expect(hunksReadBefore([file], [])).toEqual({ settled: new Set(), changed: new Set() })
})

test('twins are settled together, and only where the ledger has as many of them', () => {
  const [first, second] = [aHunk(['+same'], 1), aHunk(['+same'], 50)]
  const files = [aChangedFile([], { hunks: [first, a, second] })]
  expect(hunksReadBefore(files, [aLedger([first, a])])).toEqual({ settled: new Set([a]), changed: new Set() })
  expect(hunksReadBefore(files, [aLedger([second])]).settled).toEqual(new Set())
  expect(hunksReadBefore(files, [aLedger([first, second])]).settled).toEqual(new Set([first, second]))
})

test('a ledger that is full proves nothing of what it does not name', () => {
  const full = { hunks: Array.from({ length: longestOwnLedger }, () => 'f'.repeat(32)) }
  expect(hunksReadBefore([file], [full]).changed).toEqual(new Set())
})

test('a file with nothing left to read is not there', () => {
  const other = aChangedFile(['+x'], { path: 'src/other.ts' })
  const left = unsettledFiles([file, other], new Set([b, ...other.hunks]))
  expect(left.map(({ path, hunks }) => ({ path, hunks }))).toEqual([{ path: 'src/app.ts', hunks: [a, c] }])
})

test('names never stand more often among settled hunks than in the newest ledger', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 3 }), (change, read) => {
      const hunksOf = (names: readonly string[]) =>
        names.map((name, index) => aHunk([`+${name}`], 1 + 9 * index))
      const hunks = hunksOf(change)
      const { settled } = hunksReadBefore(
        [aChangedFile([], { hunks })],
        read.map((names) => aLedger(hunksOf(names))),
      )
      for (const name of new Set(change)) {
        const twins = hunks.filter((_, index) => change[index] === name)
        const best = read.at(-1)?.filter((one) => one === name).length ?? 0
        expect(twins.filter((hunk) => settled.has(hunk))).toEqual(best >= twins.length ? twins : [])
      }
    }),
  )
})
