import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorCodes } from '../../src/errors.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/troubleshooting.md'), 'utf8')
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)]

test('every code of an error is explained in docs/troubleshooting.md, and nothing else is', () => {
  expect(rows.map(([, code]) => code)).toEqual([...errorCodes])
})

test('each says what is seen, why, and what to change', () => {
  const told = rows.map(
    ([, , cells = '']) => cells.split(' | ').filter((cell) => /^[A-Z].*\.$/.test(cell)).length,
  )
  expect(told).toEqual(errorCodes.map(() => 3))
})
