import { describe, expect, it } from 'vitest'
import { globProblem, matchesAny } from '../../../src/review/globs.ts'

describe('globs', () => {
  it.each([
    ['*.ts', 'a.ts', true],
    ['*.ts', 'src/deep/.a.ts', true],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/deep/a.ts', false],
    ['src/**', 'src/deep/.b/a.ts', true],
    ['src/', 'src/deep/a.ts', true],
    ['/a.ts', 'a.ts', true],
    ['/a.ts', 'src/a.ts', false],
    ['#a.ts', '#a.ts', true],
    ['+(a|b).ts', 'a.ts', false],
    ['**', 'any/thing', true],
  ])('%s on %s: %s', (pattern, path, isMatch) => {
    expect(matchesAny([pattern])(path)).toBe(isMatch)
  })

  it.each(['!a', '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', '{1..1000000}', 'a\u202eb'])(
    'refuse %j',
    (pattern) => {
      expect(globProblem(pattern)).toMatch(/^must not /)
    },
  )

  it('take patterns made to be slow', () => {
    const patterns = [
      `${'*a'.repeat(100)}b`,
      `${'**/a/'.repeat(40)}b`,
      `${'[a-z]*'.repeat(40)}!`,
      `${'?*'.repeat(100)}b*c`,
      `${'*'.repeat(200)}b`,
    ]
    const isMatch = matchesAny(patterns)
    const started = performance.now()
    for (let index = 0; index < 3000; index++) isMatch(`${'a/'.repeat(40)}${'a'.repeat(120)}${index}c`)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
