import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../../src/action/parse-command.ts'

const name = 'tech-lead-bot'
const parse = (text: string) => parseCommand(text, name)
const review = { kind: 'review', full: false }

describe('the grammar', () => {
  test.each([
    ['@tech-lead-bot', review],
    ['@Tech-Lead-Bot', review],
    ['  @tech-lead-bot.', review],
    ['@tech-lead-bot: --full!', { kind: 'review', full: true }],
    ['@tech-lead-bot --FULL --effort deep', { kind: 'review', full: true, effort: 'deep' }],
    ['@tech-lead-bot --effort=Quick', { kind: 'review', full: false, effort: 'quick' }],
    ['@tech-lead-bot —full', { kind: 'review', full: true }],
    ['@tech-lead-bot --full --help --nonsense', { kind: 'help' }],
    [
      '@tech-lead-bot @alice --force-reload',
      { kind: 'persona', username: 'alice', forceReload: true, full: false },
    ],
    [
      '@tech-lead-bot --effort deep alice_acme,',
      { kind: 'persona', username: 'alice_acme', forceReload: false, full: false, effort: 'deep' },
    ],
    ['@tech-lead-bot --opt-in', { kind: 'opt-in' }],
    ['@tech-lead-bot —OPT-IN.', { kind: 'opt-in' }],
    ['@tech-lead-bot --forget', { kind: 'forget' }],
    ['@tech-lead-bot @alice --forget', { kind: 'forget', username: 'alice' }],
    ['@tech-lead-bot alice --opt-in', { kind: 'mistake', problem: 'opt-in-for-another' }],
    ['@tech-lead-bot --opt-in --forget', { kind: 'mistake', problem: 'mixed-flags' }],
    ['@tech-lead-bot alice --forget --force-reload', { kind: 'mistake', problem: 'mixed-flags' }],
    ['@tech-lead-bot --opt-in --effort deep', { kind: 'mistake', problem: 'mixed-flags' }],
    ['@tech-lead-bot alice carol --forget', { kind: 'mistake', problem: 'extra-words' }],
    ['@tech-lead-bot --fast', { kind: 'mistake', problem: 'unknown-flag' }],
    ['@tech-lead-bot --effort', { kind: 'mistake', problem: 'bad-effort' }],
    ['@tech-lead-bot --effort=', { kind: 'mistake', problem: 'bad-effort' }],
    ['@tech-lead-bot -alice', { kind: 'mistake', problem: 'unknown-flag' }],
    ['@tech-lead-bot al--ice', { kind: 'mistake', problem: 'bad-username' }],
    ['@tech-lead-bot alice[bot]', { kind: 'mistake', problem: 'bad-username' }],
    [`@tech-lead-bot ${'a'.repeat(40)}`, { kind: 'mistake', problem: 'bad-username' }],
    ['@tech-lead-bot `alice`', { kind: 'mistake', problem: 'bad-username' }],
    ['@tech-lead-bot alice carol', { kind: 'mistake', problem: 'extra-words' }],
    ['@tech-lead-bot --force-reload', { kind: 'mistake', problem: 'name-missing' }],
  ])('reads %j', (text, command) => {
    expect(parse(text)).toEqual(command)
  })

  test('the first command of a comment is the one', () => {
    expect(parse('Please.\n\n@tech-lead-bot --help\n@tech-lead-bot --full')).toEqual({ kind: 'help' })
    expect(parse('@tech-lead-bot --wrong\n\n@tech-lead-bot --full')).toMatchObject({ kind: 'mistake' })
  })
})

describe("the author's own words", () => {
  test.each([
    'Thanks!\n@tech-lead-bot',
    '> quoted\n\n@tech-lead-bot',
    '- a list\n\n@tech-lead-bot',
    '@tech-lead-bot\n---\nsent from a phone',
    '@tech-lead-bot <!-- hidden -->',
    '<!-- hidden -->\n@tech-lead-bot',
    'see https://example.com\r\n@tech-lead-bot\r\n',
    '@tech-lead-bot\n\nOn Monday, the maintainer wrote:\n> hello',
  ])('hold a command in %j', (text) => {
    expect(parse(text)).toEqual(review)
  })

  test.each([
    'Ask @tech-lead-bot for it',
    'me@tech-lead-bot',
    '@tech-lead-bot-2',
    '@tech-lead-bots',
    '@tech-lead-bot_x',
    '@tech-lead-bot[bot]',
    '@tech-lead-bot/reviewers',
    '@tech-lead-bot@tech-lead-bot',
    '@tech-lead-bot.example.com',
    '\\@tech-lead-bot',
    '&#64;tech-lead-bot',
    '**@tech-lead-bot**',
    '~~x\n@tech-lead-bot~~',
    '> @tech-lead-bot',
    '> quoted\n@tech-lead-bot',
    '- @tech-lead-bot',
    '1. @tech-lead-bot',
    '# @tech-lead-bot',
    '| a |\n|---|\n| @tech-lead-bot |',
    '    @tech-lead-bot',
    'text\n    @tech-lead-bot',
    '```\n@tech-lead-bot\n```',
    '~~~sh\n@tech-lead-bot',
    '`@tech-lead-bot`',
    '`x\n@tech-lead-bot\ny`',
    '<!--\n@tech-lead-bot\n-->',
    'x <!--\n@tech-lead-bot\n-->',
    '<!-- x -->@tech-lead-bot',
    '<details>\n\n@tech-lead-bot\n\n</details>',
    '<blockquote>\n\n@tech-lead-bot\n\n</blockquote>',
    'x <code>\n@tech-lead-bot\n</code>',
    '<pre>\n@tech-lead-bot\n</pre>',
    '[x\n@tech-lead-bot](https://example.com)',
    '[^1]: @tech-lead-bot',
    'On Monday, the maintainer wrote:\n@tech-lead-bot',
    '-----Original Message-----\n@tech-lead-bot',
    'From: maintainer\n@tech-lead-bot',
  ])('hold none in %j', (text) => {
    expect(parse(text)).toBeNull()
  })
})

interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly MarkdownNode[]
}

/** Plain words at the top of a text, as another parser of Markdown reads it. */
function wordsAtTop(text: string): string {
  const tree = fromMarkdown(text, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  }) as MarkdownNode
  return (tree.children ?? [])
    .filter(({ type }) => type === 'paragraph' || type === 'heading')
    .flatMap(({ children = [] }) => children)
    .map(({ type, value = '' }) => (type === 'text' ? value : type === 'break' ? '\n' : '\uFFFC'))
    .join('\n')
}

const pieces = fc.constantFrom(
  '@tech-lead-bot',
  '@tech-lead-bot ',
  '@Tech-Lead-Bot --full',
  '> ',
  '    ',
  '```\n',
  '~~~',
  '`',
  '``',
  '<!--',
  '-->',
  '<b>',
  '</b>',
  '<details>',
  '[',
  '](x)',
  '*',
  '- ',
  '# ',
  '|',
  '\n',
  '\n\n',
  'word',
  ' ',
  '\\',
  '\u200B',
  '::error::x',
)

test('whatever is called a command stands as plain words at the top for another parser too', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const text = parts.join('')
      if (parse(text) !== null) expect(wordsAtTop(text).toLowerCase()).toContain('@tech-lead-bot')
    }),
    { numRuns: 5000 },
  )
})

test('without the name at the start of a line there is no command', () => {
  const line = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(line, fc.constantFrom('x', 'a ', '.', '(', '/', '@'), (text, before) => {
      const broken = text.replace(/(^|\n)([ \t\\]*)@/g, (_, start, space) => `${start}${space}${before}@`)
      expect(parse(broken)).toBeNull()
    }),
    { numRuns: 3000 },
  )
})

test('no text makes it throw', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (noise) => {
      const command = parse(`${noise}\n@tech-lead-bot ${noise}`)
      expect(command === null || typeof command.kind === 'string').toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  '>',
  '> ',
  '- ',
  '1. ',
  '[',
  '![',
  '<',
  '*_',
  '**a *a ',
  '`a``',
  '<!--',
  '<a ',
  '_a',
  'a.',
  '\\',
  'x\n=',
])('60,000 characters of %j are read in time', { timeout: 5000 }, (piece) => {
  const text = piece.repeat(Math.ceil(60_000 / piece.length))
  expect(() => parse(`${text}\n\n@tech-lead-bot`)).not.toThrow()
  expect(() => parse(`@tech-lead-bot ${text}`)).not.toThrow()
})
