import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairList } from '../../../src/review/fair-list.ts'

const item = fc.record({ brief: fc.nat(60), more: fc.nat(300) })
const render = ({ brief, more }: { brief: number; more: number }, length: 'full' | 'brief') =>
  length === 'brief' ? 'b'.repeat(brief + 1) : `${'b'.repeat(brief + 1)}${'f'.repeat(more)}`

describe('a fair list', () => {
  it('fits, and accounts for every item', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), fc.integer({ min: 250, max: 6000 }), (items, most) => {
        const list = fairList(items, render, { most, elsewhere: 'there' })
        expect(list.length).toBeLessThanOrEqual(most)
        const shown = list.split('\n\n').filter((one) => /^b+f*$/.test(one))
        const left = Number(/… and ([\d,]+) more/.exec(list)?.[1] ?? 0)
        expect(shown.length + left).toBe(items.length)
        const shortened = shown.filter((one, index) => one !== render(items[index]!, 'full')).length
        expect(Number(/([\d,]+) texts? (?:is|are) left out here/.exec(list)?.[1] ?? 0)).toBe(shortened)
      }),
    )
  })

  it('gives every item its line before one gets more', () => {
    const items = Array.from({ length: 20 }, () => ({ brief: 9, more: 300 }))
    const list = fairList(items, render, { most: 1000, elsewhere: 'there' })
    expect(list.split('\n\n').filter((one) => one.startsWith('b'))).toHaveLength(20)
    expect(list).toContain('19 texts are left out here; their whole texts are in there.')
    expect(list.startsWith(render(items[0]!, 'full'))).toBe(true)
  })

  it('is nothing where there is nothing', () => {
    expect(fairList([], render, { most: 1000, elsewhere: 'there' })).toBe('')
  })
})
