import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'

const fragments = [
  '![x](https://attacker.example/p.png?d=1)',
  '[x](https://attacker.example)',
  '[x][1]\n\n[1]: https://attacker.example',
  '<img src=x onerror=alert(1)>',
  '<!-- hidden -->',
  '<!-- ai-review:run r1 -->',
  '<https://attacker.example>',
  'https://attacker.example/a_b',
  'www.attacker.example',
  'someone@attacker.example',
  'mailto:a@b.example',
  '@octocat',
  '@org/team',
  '#1',
  'GH-12',
  'octo/repo#3',
  'octo/repo@deadbeef1',
  'deadbeef1',
  'Fixes #1',
  '/merge',
  '\n/approve',
  ':tada:',
  ':+1:',
  '```mermaid\ngraph TD\n```',
  '```geojson\n{}\n```',
  '$$\n\\frac{1}{2}\n$$',
  '$`x`$',
  'acme/shop#7',
  'closes https://attacker.example/acme/shop/issues/7',
  '](https://attacker.example)',
  '@dependabot merge',
  'bors r+',
  '```',
  '~~~',
  '```suggestion\nrm -rf /\n```',
  '`',
  '``',
  '`a`',
  '`@octocat`',
  '\\',
  '\\`',
  '# heading',
  '- [ ] task',
  '1. one',
  '> quote',
  '> [!WARNING]',
  '| a | b |\n|---|---|\n| c | d |',
  '---',
  '===',
  '***bold***',
  '_it_',
  '~~gone~~',
  '[^1]\n\n[^1]: note',
  '$a$',
  '&lt;b&gt;',
  '&#64;octocat',
  '::set-output name=x::y',
  '##[error]x',
  '\u202e',
  '\u200b',
  '\u{e0041}',
  '\u001b[31m',
  '\u0000',
  '\r',
  '\n',
  '\n\n',
  '\t',
  '    ',
  ' ',
  '\ud800',
  'a',
  ':',
  'x.y',
]

/** Texts that put everything dangerous beside everything else. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 8 })), { maxLength: 12 })
      .map((parts) => parts.join('')),
  },
)

/** Attack texts from a folder outside the repository. */
export function recordedHostileTexts(dataFolder: string): string[] {
  const folder = join(dataFolder, 'hostile')
  const injections = readFileSync(join(folder, 'injections.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String(JSON.parse(line).text))
  const naughty: unknown[] = JSON.parse(readFileSync(join(folder, 'naughty-strings.json'), 'utf8'))
  return [...injections, ...naughty.map(String)]
}
