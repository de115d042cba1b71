import { describe, expect, test } from 'vitest'
import { linesOf, parseCommand } from '../../support/runner/parse-command.ts'
import { readLog } from '../../support/runner/read-log.ts'

const commands: readonly (readonly [string, object])[] = [
  [
    '::error file=a.js,line=3::Wrong%0Aindeed',
    { name: 'error', properties: { file: 'a.js', line: '3' }, data: 'Wrong\nindeed' },
  ],
  ['   \t::warning::Hm', { grammar: 'v2', name: 'warning', data: 'Hm' }],
  ['::ADD-MASK::x', { name: 'add-mask', data: 'x' }],
  ['some text ##[error]Wrong', { grammar: 'legacy', name: 'error', data: 'Wrong' }],
  [
    '##[set-output name=a;]b',
    { grammar: 'legacy', name: 'set-output', properties: { name: 'a' }, data: 'b' },
  ],
  ['::notice title=50%25%2C now%3A::x', { name: 'notice', properties: { title: '50%, now:' } }],
]

test.each(commands)('%j is a command', (line, command) => {
  expect(parseCommand(line)).toMatchObject(command)
})

const noCommands = [
  'text ::error::x',
  '::error',
  '::unknown::x',
  '##[unknown]x',
  '##[error',
  '# #[error]x',
  ': :error::x',
]

test.each(noCommands)('%j is none', (line) => {
  expect(parseCommand(line)).toBeNull()
})

test('a lone carriage return ends a line', () => {
  expect(linesOf('a\r::error::b\r\nc\n')).toEqual(['a', '::error::b', 'c'])
})

describe('a log', () => {
  test('is masked from the mask on, and stop-commands stops', () => {
    const printed = [
      '::add-mask::hush',
      'hush!',
      '::stop-commands::word',
      '::error::no',
      '::word::',
      '::error::yes',
    ].join('\n')
    const read = readLog(printed, ['secret'], false)
    expect(read.log).toBe('***!\n::error::no\nError: yes')
    expect(read.annotations.map(({ message }) => message)).toEqual(['yes'])
    expect(read.masks).toEqual(['secret', 'hush'])
  })

  test('keeps ten annotations of a level, and shows debug lines only when asked', () => {
    const printed = `${'::warning::w\n'.repeat(12)}::debug::d\n`
    expect(readLog(printed, [], false).annotations).toHaveLength(10)
    expect(readLog(printed, [], false).log).not.toContain('Debug: d')
    expect(readLog(printed, [], true).log).toContain('Debug: d')
  })
})
