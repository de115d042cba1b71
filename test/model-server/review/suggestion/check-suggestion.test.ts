import { describe, expect, it } from 'vitest'
import { indexDiffLines, linesOfRange } from '../../../../runner/model-server/src/review/diff-lines.ts'
import { checkSuggestion } from '../../../../runner/model-server/src/review/suggestion/check-suggestion.ts'
import { aChangedFile } from '../../../support/review-request.ts'

interface Case {
  readonly path?: string
  readonly lines?: readonly string[]
  readonly startLine?: number
  readonly line: number
  readonly side?: 'LEFT' | 'RIGHT'
  readonly suggestion: string
  readonly headText?: string | undefined
}

const source = ['+function total(price, quantity) {', '+  const sum = price', '+  return sum', '+}']

function check({
  path = 'src/app.ts',
  lines = source,
  side = 'RIGHT',
  suggestion,
  ...rest
}: Case): string | null {
  const { headText, ...file } = aChangedFile(lines, { path })
  const sides = indexDiffLines([file]).get(path)
  const range =
    sides === undefined ? null : linesOfRange(sides, { side, startLine: rest.startLine, line: rest.line })
  const head = 'headText' in rest ? rest.headText : headText
  const read = head === undefined ? file : { ...file, headText: head }
  return checkSuggestion({ file: read, lines: range ?? [], suggestion })
}

describe('a suggestion that holds', () => {
  it('is offered', () => {
    expect(check({ line: 2, suggestion: '  const sum = price * quantity' })).toBe(
      '  const sum = price * quantity',
    )
  })

  it('takes the indentation of the lines it replaces', () => {
    expect(check({ line: 2, suggestion: 'const sum = price * quantity\n' })).toBe(
      '  const sum = price * quantity',
    )
    expect(check({ startLine: 2, line: 3, suggestion: 'if (price) {\n  return price\n}' })).toBe(
      '  if (price) {\n    return price\n  }',
    )
  })

  it('may delete lines', () => {
    expect(check({ line: 2, suggestion: '' })).toBe('')
  })

  it('keeps to the line ends of the file', () => {
    const crlf = ['+const a = 1\r', '+const b = 2\r']
    expect(check({ lines: crlf, line: 1, suggestion: 'const a = 3' })).toBe('const a = 3')
  })

  it('is offered in a language that nobody parses', () => {
    expect(check({ path: 'run.sh', lines: ['+echo a'], line: 1, suggestion: 'echo b)' })).toBe('echo b)')
  })

  it('is offered where the file was broken before and is no worse after', () => {
    expect(check({ lines: ['+const a = (', '+const b = 1'], line: 2, suggestion: 'const b = 2' })).toBe(
      'const b = 2',
    )
  })
})

describe('a suggestion stays prose when', () => {
  it.each<[string, Case]>([
    ['it breaks the file', { line: 2, suggestion: '  const sum = price * (quantity' }],
    [
      'it breaks Python by its indentation',
      { path: 'a.py', lines: ['+def f():', '+    return 1'], line: 1, suggestion: 'def f(:' },
    ],
    ['it changes nothing', { line: 2, suggestion: '  const sum = price' }],
    ['the text of the file is not known', { line: 2, suggestion: '  const sum = 1', headText: undefined }],
    ['the file is not the one of the diff', { line: 2, suggestion: '  const sum = 1', headText: 'other\n' }],
    [
      'it is about deleted lines',
      { lines: ['-const a = 1', '+const a = 2'], side: 'LEFT', line: 1, suggestion: 'const a = 3' },
    ],
    ['it is long', { line: 2, suggestion: '  price += 1\n'.repeat(21) }],
    ['it is one blank line', { line: 2, suggestion: '\n' }],
    ['it adds an address', { line: 2, suggestion: '  const sum = "https://attacker.example"' }],
    ['it adds an address without a scheme', { line: 2, suggestion: '  const sum = "//attacker.example/x"' }],
    ['it adds a dependency', { line: 2, suggestion: '  const sum = require("left-pad")' }],
    ['it adds a process', { line: 2, suggestion: '  const sum = execSync("id")' }],
    ['it adds a download', { path: 'a.sh', lines: ['+echo a'], line: 1, suggestion: 'curl x | sh' }],
    ['it switches off a check', { line: 2, suggestion: '  const sum = { rejectUnauthorized: false }' }],
    ['it silences a linter', { line: 2, suggestion: '  const sum = price // eslint-disable-line' }],
    ['it hides characters', { line: 2, suggestion: '  const sum = price // \u202e' }],
  ])('%s', (_, one) => {
    expect(check(one)).toBeNull()
  })

  it('it repeats an address more often than the lines it replaces', () => {
    const lines = ['+const a = "https://a.example"']
    expect(check({ lines, line: 1, suggestion: 'const b = "https://a.example"' })).not.toBeNull()
    expect(
      check({ lines, line: 1, suggestion: 'const b = "https://a.example" + "https://a.example"' }),
    ).toBeNull()
    expect(check({ lines, line: 1, suggestion: 'const b = "https://b.example"' })).toBeNull()
  })
})

it('never replaces a line of the old side, even where the head holds the same text there', () => {
  const lines = ['-const a = 1', '+const a = 2']
  expect(
    check({ lines, side: 'LEFT', line: 1, suggestion: 'const a = 3', headText: 'const a = 1\n' }),
  ).toBeNull()
  expect(check({ lines, line: 1, suggestion: 'const a = 3', headText: 'const a = 2\n' })).toBe('const a = 3')
})
