import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { policyJsonSchema } from '../../../src/review/policy-json-schema.ts'

const path = '.github/ai-review.yml'
const messagesOf = (text: string) => parsePolicy(text, path).problems.map(({ message }) => message)

const full = `# yaml-language-server: $schema=https://example.org/ai-review.schema.json
include: ['src/**']
exclude:
  - '*.md'
max-files: 20
max-changed-lines: 500
max-comments: 3
min-severity: medium
min-confidence: 0.5
fail-on: critical
review-drafts: true
commands:
  allow: maintain
personas:
  - login: maintainer
    name: The Maintainer
    paths: ['src/api/**']
    codeowners: true
    refresh: weekly
  - login: contributor
effort: deep
language: Deutsch
rules:
  disable: [ts/no-eval]
instructions:
  - paths: ['src/api/**']
    text: Every handler checks its input.
`

describe('reading the policy', () => {
  it('takes every key', () => {
    const { policy, problems } = parsePolicy(full, path)
    expect(problems).toEqual([])
    expect(policy).toEqual({
      include: ['src/**'],
      exclude: ['*.md'],
      'max-files': 20,
      'max-changed-lines': 500,
      'max-comments': 3,
      'min-severity': 'medium',
      'min-confidence': 0.5,
      'fail-on': 'critical',
      'review-drafts': true,
      commands: { allow: 'maintain' },
      personas: [
        {
          login: 'maintainer',
          name: 'The Maintainer',
          paths: ['src/api/**'],
          codeowners: true,
          refresh: 'weekly',
        },
        { login: 'contributor', paths: [], codeowners: false, refresh: 'never' },
      ],
      effort: 'deep',
      language: 'Deutsch',
      rules: { disable: ['ts/no-eval'] },
      instructions: [{ paths: ['src/api/**'], text: 'Every handler checks its input.' }],
    })
  })

  it.each([null, '', '# only a comment\n', '{}'])('falls back to the defaults for %j', (text) => {
    expect(parsePolicy(text, path)).toMatchObject({ policy: defaultPolicy, problems: [] })
  })

  it.each([
    ['max-comments: 3\nexlude: []', `${path} line 2: "exlude" is not a known key; did you mean "exclude"?`],
    ['Fail_On: high', `${path} line 1: "Fail_On" is not a known key; did you mean "fail-on"?`],
    [
      'rules:\n  disabled: []',
      `${path} line 2: "rules.disabled" is not a known key; did you mean "disable"?`,
    ],
    [
      'personas:\n  - login: maintainer\n    path: []',
      `${path} line 3: "personas.0.path" is not a known key; did you mean "paths"?`,
    ],
    ['commands:\n  alow: read', `${path} line 2: "commands.alow" is not a known key; did you mean "allow"?`],
    [
      'personas:\n  - login: "@maintainer"',
      `${path} line 2: "personas.0.login" must be the login of a person and nothing else, such as octocat; teams and bots have no style`,
    ],
    [
      'personas:\n  - login: maintainer\n    name: "*x*"',
      `${path} line 3: "personas.0.name" must begin with a letter or a digit, and hold letters, digits, spaces and .'’()- alone, 60 at most`,
    ],
    [
      'personas:\n  - login: maintainer\n  - login: Maintainer',
      `${path} line 3: "personas.1.login" is listed twice`,
    ],
    ['\nmin-severity: huge', `${path} line 2: "min-severity" must be one of critical, high, medium, low`],
    ['review-drafts: yes', `${path} line 1: "review-drafts" must be true or false`],
    ['max-comments: lots', `${path} line 1: "max-comments" must be a number`],
    ['max-comments: 1.5', `${path} line 1: "max-comments" must be a whole number`],
    ['max-comments: 51', `${path} line 1: "max-comments" must be at most 50`],
    ['max-comments: -1', `${path} line 1: "max-comments" must be at least 0`],
    ['include: src', `${path} line 1: "include" must be a list`],
    ['exclude:\n  - a\n  - 7', `${path} line 3: "exclude.1" must be a text`],
    [
      'exclude: ["!a"]',
      `${path} line 1: "exclude.0" must not start with "!"; list such files under "exclude"`,
    ],
    ['exclude: ["{1..99}"]', `${path} line 1: "exclude.0" must not stand for more than 64 globs`],
    [
      'language: "<b>"',
      `${path} line 1: "language" must be the name of a language, such as English or pt-BR`,
    ],
    ['- a', `${path} line 1: the file must be a mapping`],
    ['just words', `${path} line 1: the file must be a mapping`],
    ['a: [', `${path} line 1: the file is not valid YAML (bad indent)`],
    ['\ta: 1', `${path} line 1: the file is not valid YAML (tab as indent)`],
    ['max-comments: 1\nmax-comments: 2', `${path} line 2: the file is not valid YAML (duplicate key)`],
    ['exclude: &x []', `${path} line 1: the file uses an anchor or alias; write the value out`],
    ['exclude: !!set {}', `${path} line 1: the file uses a tag; write a plain value`],
    [
      'max-comments: 1\n---\nmax-comments: 2',
      `${path} line 2: the file holds more than one document; keep the first`,
    ],
  ])('names file, line and key in %j', (text, message) => {
    const parsed = parsePolicy(text, path)
    expect(parsed.problems[0]?.message).toBe(message)
    expect(parsed.policy).toEqual(defaultPolicy)
  })

  it('uses no part of a policy with a problem', () => {
    const parsed = parsePolicy('max-comments: 3\nexlude: []', path)
    expect(parsed.policy).toEqual(defaultPolicy)
    expect(parsed.hash).toBe(parsePolicy(null, path).hash)
  })

  it('tells all problems in the order of the file', () => {
    const lines = parsePolicy('b: 1\nmax-files: x\na: 1', path).problems.map(({ line }) => line)
    expect(lines).toEqual([1, 2, 3])
  })

  it.each([
    '__proto__:\n  polluted: 1',
    'constructor: {prototype: {polluted: 1}}',
    '<<: {polluted: 1}',
    'rules: {__proto__: {polluted: 1}}',
  ])('cannot be used to reach into objects: %j', (text) => {
    expect(messagesOf(text).join()).toMatch(/known key|tag|anchor/)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it.each([
    ['nested lists', '- '.repeat(30_000)],
    ['many keys', 'a:\n'.repeat(20_000)],
    ['nested keys', Array.from({ length: 300 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['aliases', `a: &a [x]\n${'b: [*a, *a, *a]\n'.repeat(2000)}`],
    ['too many bytes', `# ${'x'.repeat(10_000_000)}`],
  ])('refuses a bomb of %s at once', (_what, text) => {
    const started = performance.now()
    expect(messagesOf(text)[0]).toMatch(/^\.github\/ai-review\.yml line \d+: the file /)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it.each(['['.repeat(65_000), '{a: '.repeat(16_000)])('does not even read a heap of brackets', (text) => {
    expect(messagesOf(text)).toEqual([`${path} line 1: the file holds too many brackets`])
  })

  it('never throws, and prints nothing that a log could take for a command', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((key) => `${key}: 1`),
        ),
        (text) => {
          for (const message of messagesOf(text)) {
            expect(message).toMatch(/^[\x20-\x7e…]{1,400}$/)
            expect(message).not.toMatch(/##\[|^\s*::/)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('hashes what is in force, whatever the order and the words of the file', () => {
    const hash = parsePolicy('max-files: 9\nmax-comments: 3', path).hash
    expect(parsePolicy('# words\nmax-comments: 3\nmax-files: 9\nexclude: []', path).hash).toBe(hash)
    expect(parsePolicy('max-files: 9\nmax-comments: 4', path).hash).not.toBe(hash)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the schema for editors', () => {
  const validate = new Ajv().compile(policyJsonSchema())

  it.each([
    [{}, true],
    [{ 'max-comments': 3, rules: {} }, true],
    [{ exlude: [] }, false],
    [{ 'fail-on': 'sometimes' }, false],
    [{ rules: { disabled: [] } }, false],
  ])('judges %j as the parser does', (value, isValid) => {
    expect(validate(value)).toBe(isValid)
    expect(parsePolicy(JSON.stringify(value), path).problems.length === 0).toBe(isValid)
  })

  it('describes every key', () => {
    const { properties } = policyJsonSchema() as { properties: Record<string, { description?: string }> }
    const undescribed = Object.entries(properties).filter(([, { description }]) => !description)
    expect(Object.keys(properties).length).toBeGreaterThan(10)
    expect(undescribed).toEqual([])
  })
})
