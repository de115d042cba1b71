import { expect, it } from 'vitest'
import { total } from '../src/orders.ts'

it('adds up whole cents', () => {
  expect(total([{ id: 1, customer: 'a', cents: 250 }])).toBe(250)
})
