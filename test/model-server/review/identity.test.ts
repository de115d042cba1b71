import { expect, it } from 'vitest'
import { identityOf } from '../../../runner/model-server/src/review/identity.ts'

const finding = { path: 'src/a.ts', category: 'bug', lines: ['  if (a = b) {'] } as const

it('is the same when white space around the flagged text changes', () => {
  expect(identityOf({ ...finding, lines: ['\tif (a  = b) {  \r'] })).toBe(identityOf(finding))
})

it.each([
  ['path', { path: 'src/b.ts' }],
  ['category', { category: 'style' as const }],
  ['text', { lines: ['  if (a == b) {'] }],
])('is another for another %s', (_, other) => {
  expect(identityOf({ ...finding, ...other })).not.toBe(identityOf(finding))
})

it('does not confuse where one part ends and the next begins', () => {
  expect(identityOf({ ...finding, path: 'a', lines: ['b c'] })).not.toBe(
    identityOf({ ...finding, path: 'a b', lines: ['c'] }),
  )
})
