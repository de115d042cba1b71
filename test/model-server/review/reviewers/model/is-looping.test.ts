import { expect, it } from 'vitest'
import { isLooping } from '../../../../../runner/model-server/src/review/reviewers/model/is-looping.ts'

it('sees a sentence without end', () => {
  expect(isLooping(`This is wrong. ${'The value may be null. '.repeat(30)}`)).toBe(true)
  expect(isLooping('no'.repeat(40))).toBe(true)
})

it('lets prose, rules and indentation be', () => {
  expect(isLooping('The value may be null. The value may be null.')).toBe(false)
  expect(isLooping(`${'-'.repeat(80)}\n${' '.repeat(200)}x`)).toBe(false)
})
