import { expect, it } from 'vitest'
import { chooseGuidelines } from '../../../../runner/model-server/src/review/prompt/choose-guidelines.ts'

const estimate = (text: string) => text.length
const root = { path: 'STYLE.md', directory: '', text: 'Root rule.\n' }
const api = { path: 'api/AGENTS.md', directory: 'api', text: 'Api rule.\n' }
const apiV2 = { path: 'api/v2/AGENTS.md', directory: 'api/v2', text: 'V2 rule.\n' }

it('takes those whose directory holds a shown file, the root first', () => {
  const { text, cut } = chooseGuidelines([apiV2, api, root], ['api/v2/a.ts'], { tokens: 10_000, estimate })
  expect(text.match(/\w+ rule/g)).toEqual(['Root rule', 'Api rule', 'V2 rule'])
  expect(cut).toEqual([])
  const other = chooseGuidelines([apiV2, api, root], ['apiary/a.ts'], { tokens: 10_000, estimate })
  expect(other.text.match(/\w+ rule/g)).toEqual(['Root rule'])
})

it('gives room to the nearest first, and names what was cut', () => {
  const { text, cut } = chooseGuidelines([root, api, apiV2], ['api/v2/a.ts'], { tokens: 90, estimate })
  expect(text).toContain('V2 rule')
  expect(text).not.toContain('Root rule')
  expect(cut).toContain('STYLE.md')
})

it('cuts at the end of a line', () => {
  const long = { ...root, text: `${'Keep it short.\n'.repeat(50)}` }
  const { text, cut } = chooseGuidelines([long], ['a.ts'], { tokens: 100, estimate })
  expect(
    text
      .split('\n')
      .slice(1)
      .every((line) => line === 'Keep it short.'),
  ).toBe(true)
  expect(cut).toEqual(['STYLE.md'])
})
