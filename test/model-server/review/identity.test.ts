import { expect, it } from 'vitest'
import { flaggedOf, identityOf, plainText } from '../../../runner/model-server/src/review/identity.ts'

const finding = { path: 'src/a.ts', category: 'bug', text: 'if (a = b) {' } as const

it('is the same when white space around the flagged text changes', () => {
  expect(identityOf({ ...finding, text: plainText(['\tif (a  = b) {  \r']) })).toBe(identityOf(finding))
})

it.each([
  ['path', { path: 'src/b.ts' }],
  ['category', { category: 'style' as const }],
  ['text', { text: 'if (a == b) {' }],
])('is another for another %s', (_, other) => {
  expect(identityOf({ ...finding, ...other })).not.toBe(identityOf(finding))
})

it('does not confuse where one part ends and the next begins', () => {
  expect(identityOf({ ...finding, path: 'a', text: 'b c' })).not.toBe(
    identityOf({ ...finding, path: 'a b', text: 'c' }),
  )
})

it('knows a flagged text again wherever its lines are broken and however they are indented', () => {
  expect(flaggedOf(plainText(['  return {', '    a,', '', '  }']))).toBe(flaggedOf('return { a, }'))
  expect(flaggedOf('return { a }')).not.toBe(flaggedOf('return { b }'))
})
