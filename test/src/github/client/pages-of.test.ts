import { expect, test } from 'vitest'
import { rowsOf } from '../../../../src/github/client/pages-of.ts'

const next = '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=3>; rel="last"'
const last = '<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?page=1>; rel="first"'

/** A host with three pages of the given lengths. */
function host(lengths: readonly number[], links: readonly (string | undefined)[]) {
  return async ({ page }: { page: number }) => ({
    data: Array.from({ length: lengths[page - 1] ?? 0 }, (_, row) => `${page}-${row}`),
    headers: { link: links[page - 1] },
  })
}

test.each([
  ['short pages with more behind them', [2, 2, 1], [next, next, last], 5],
  ['a full page that is the last one', [100, 100], [next, last], 200],
  ['full pages without a header', [100, 100, 3], [], 203],
  ['a short page without a header', [2, 2], [], 2],
] as const)('all rows are read: %s', async (...[, lengths, links, expected]) => {
  expect(await rowsOf(host(lengths, links), 9)).toHaveLength(expected)
})

test('no more pages are read than wanted', async () => {
  expect(await rowsOf(host([100, 100, 100], []), 2)).toHaveLength(200)
})
