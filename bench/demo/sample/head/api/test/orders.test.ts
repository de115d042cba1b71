import { expect, it } from 'vitest'
import { isOverdue, total } from '../src/orders.ts'

it('adds up whole cents', () => {
  expect(total([{ id: 1, customer: 'a', cents: 250 }])).toBe(250)
})

it.only('knows an overdue order', () => {
  expect(isOverdue(0)).toBe(true)
})
