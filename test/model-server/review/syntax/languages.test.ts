import { describe, expect, it } from 'vitest'
import {
  countSyntaxErrors,
  type Language,
  languageOf,
  parseSource,
} from '../../../../runner/model-server/src/review/syntax/languages.ts'

describe('the language of a file', () => {
  it.each([
    ['src/a.ts', 'TypeScript'],
    ['src/A.TSX', 'Tsx'],
    ['a/b.mjs', 'JavaScript'],
    ['x/y.py', 'python'],
    ['Main.java', 'java'],
    ['main.go', 'go'],
    ['Makefile', null],
    ['a.rb', null],
    ['a.py/readme', null],
  ])('of %s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language)
  })
})

describe('errors of syntax', () => {
  it.each<[Language, string, string]>([
    ['JavaScript', 'const a = f(1)\n', 'const a = f(1\n'],
    ['TypeScript', 'const a: number = 1\n', 'const a: number = \n'],
    ['Tsx', 'const a = <b>c</b>\n', 'const a = <b>c</b\n'],
    ['python', 'def f():\n    return 1\n', 'def f(:\n    return 1\n'],
    ['java', 'class A { int f() { return 1; } }\n', 'class A { int f() { return 1 } }\n'],
    ['go', 'package a\nfunc f() int { return 1 }\n', 'package a\nfunc f() int { return 1 \n'],
  ])('in %s are counted, and sound code has none', (language, sound, broken) => {
    expect(countSyntaxErrors(language, sound)).toBe(0)
    expect(countSyntaxErrors(language, broken)).toBeGreaterThan(0)
  })

  it('are found in hostile nesting without a crash', () => {
    expect(countSyntaxErrors('JavaScript', '('.repeat(50_000))).toBeGreaterThan(0)
  })
})

it('parses a text as it is', () => {
  const text = 'def f():\r\n    return "é😀"\r\n'
  expect(parseSource('python', text).root().text()).toBe(text)
})
