import { afterAll, beforeEach, expect, test } from 'vitest'
import { annotate } from '../../../src/action/annotate.ts'
import type { CheckAnnotation } from '../../../src/roles.ts'
import { readLog } from '../../support/runner/read-log.ts'

let printed = ''
const write = process.stdout.write
process.stdout.write = (text: string | Uint8Array) => {
  printed += String(text)
  return true
}
afterAll(() => {
  process.stdout.write = write
})
beforeEach(() => {
  printed = ''
})

const annotation = (overrides: Partial<CheckAnnotation> = {}): CheckAnnotation => ({
  path: 'src/app.ts',
  startLine: 2,
  endLine: 3,
  level: 'warning',
  title: 'High: wrong',
  message: 'It goes wrong.',
  ...overrides,
})
const shown = () => readLog(printed, [], false)

test('a remark stands on its lines', () => {
  expect(annotate([annotation()])).toBe(1)
  expect(shown().annotations).toMatchObject([
    {
      level: 'warning',
      message: 'It goes wrong.',
      properties: { file: 'src/app.ts', line: '2', endLine: '3', title: 'High: wrong' },
    },
  ])
})

test.each(['app/[id]/(shop)/page.tsx', '.github/x.yml', 'größe.ts', 'a b.ts'])(
  'the name %s is one',
  (path) => {
    expect(annotate([annotation({ path })])).toBe(1)
    expect(shown().annotations[0]?.properties.file).toBe(path)
  },
)

test('eight of a level are shown at most', () => {
  const levels = ['failure', 'warning', 'notice'] as const
  const many = levels.flatMap((level) => Array.from({ length: 30 }, () => annotation({ level })))
  expect(annotate(many)).toBe(24)
  expect(shown().annotations.filter(({ level }) => level === 'error')).toHaveLength(8)
})

test.each([
  'a\n::error::INJECTED',
  'a\r::error::INJECTED',
  '##[error]INJECTED',
  '::stop-commands::INJECTED',
  '%0A::error::INJECTED',
  'x,line=1::INJECTED',
])('no text of a remark acts: %j', (text) => {
  annotate([annotation({ title: text, message: text })])
  const { commands } = shown()
  expect(commands.map(({ name, grammar }) => [name, grammar])).toEqual([['warning', 'v2']])
})

test.each(['a,b.ts', '##[error]x.ts', 'a::b.ts', 'a\nb.ts', '-x.ts', '%0A.ts', ''])(
  'a name that is not plain (%j) is not printed',
  (path) => {
    expect(annotate([annotation({ path })])).toBe(0)
    expect(printed).toBe('')
  },
)
