import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOwners } from '../../../src/review/code-owners.ts'

const owns = (text: string, path: string) => codeOwners(text)(path, 'Maintainer')

describe('patterns, as GitHub reads them', () => {
  test.each([
    ['*', 'a/b/c.ts', true],
    ['*.js', 'src/deep/a.js', true],
    ['*.js', 'src/a.jsx', false],
    ['/build/logs/', 'build/logs/deep/x.txt', true],
    ['/build/logs/', 'src/build/logs/x.txt', false],
    ['docs/*', 'docs/getting-started.md', true],
    ['docs/*', 'docs/build-app/troubleshooting.md', false],
    ['apps/', 'src/apps/a/b.ts', true],
    ['apps/', 'apps', false],
    ['/docs/', 'docs/a/b.md', true],
    ['/docs/', 'src/docs/a.md', false],
    ['/scripts', 'scripts/a.sh', true],
    ['/scripts', 'scripts', true],
    ['**/logs', 'build/deeply/nested/logs/x', true],
    ['src/**/api', 'src/a/b/api/x.ts', true],
    ['.github', '.github/workflows/a.yml', true],
    ['src/{a,b}.ts', 'src/a.ts', false],
    ['Src/', 'src/a.ts', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(owns(`${pattern} @maintainer\n`, path)).toBe(expected)
  })
})

describe('lines', () => {
  test('the last that matches decides, also one without owners', () => {
    const text =
      '* @maintainer\n/src/ @contributor\n/src/api/ @contributor @MAINTAINER\n/src/api/generated/\n'
    expect(owns(text, 'README.md')).toBe(true)
    expect(owns(text, 'src/a.ts')).toBe(false)
    expect(owns(text, 'src/api/a.ts')).toBe(true)
    expect(owns(text, 'src/api/generated/a.ts')).toBe(false)
  })

  test.each([
    ['a team', '* @acme/maintainer'],
    ['an address', '* maintainer@example.com'],
    ['a comment', '# * @maintainer'],
    ['behind a comment sign', '* @contributor # @maintainer'],
    ['a negation', '!a.ts @maintainer'],
    ['a class of characters', '[ab].ts @maintainer'],
    ['too many stars to match in time', `${'*a'.repeat(10)} @maintainer`],
    ['nothing', ''],
  ])('%s gives nothing to the person', (_, text) => {
    expect(owns(text, 'a.ts')).toBe(false)
  })

  test('no text makes it throw or slow', { timeout: 20_000 }, () => {
    const part = fc.constantFrom('*', '**', '/', 'a', ' ', '@maintainer', '\n', '[', '!', '?', '\\', '{a,b}')
    const path = 'a/'.repeat(200)
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        expect(typeof owns(parts.join(''), path)).toBe('boolean')
      }),
      { numRuns: 1000 },
    )
  })

  test('a pattern of many stars on a long path is answered in time', { timeout: 5000 }, () => {
    expect(owns(`/${'*a'.repeat(3)}/${'**/'.repeat(4)}x @maintainer`, 'a'.repeat(4000))).toBe(false)
    expect(owns(`${'**/'.repeat(4)}x @maintainer`, 'a/'.repeat(2000))).toBe(false)
  })
})
