import { expect, test } from 'vitest'
import { boundedList } from '../../../src/review/bounded-list.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const items = ['one', 'two', 'three']
const entry = (item: string) => `- ${item}`

test('holds every item where there is room', () => {
  expect(boundedList(items, entry, { most: 100 })).toBe('- one\n- two\n- three')
  expect(boundedList([], entry, { most: 100 })).toBe('')
})

test('says how many are left out, below the list and not in its last item', () => {
  const list = boundedList(items, entry, { most: 13 })
  expect(list).toBe('- one\n- two\n\n… and 1 more, listed in findings.json.')
  expect(renderedMarkdown(list).text).toBe('onetwo… and 1 more, listed in findings.json.')
})

test('within a sentence leaves its end to the sentence', () => {
  const names = boundedList(items, String, { most: 11, separator: ', ' })
  expect(names).toBe('one, two, … and 1 more, listed in findings.json')
})

test('is the number alone where no item fits', () => {
  expect(boundedList(items, entry, { most: 3 })).toBe('… and 3 more, listed in findings.json.')
  expect(boundedList(items, String, { most: 3, separator: ', ' })).toBe(
    '… and 3 more, listed in findings.json',
  )
})
