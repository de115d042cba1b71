import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gitAttributes } from '../../../src/review/git-attributes.ts'

const environment = {
  PATH: process.env.PATH,
  HOME: '/',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

/** What git itself says about the paths. */
function askGit(files: readonly { path: string; text: string }[], paths: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'attributes-'))
  try {
    execFileSync('git', ['init', '-q', folder], { env: environment })
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const said = execFileSync(
      'git',
      ['check-attr', '-z', '--stdin', 'linguist-generated', 'linguist-vendored'],
      {
        cwd: folder,
        env: environment,
        input: paths.map((path) => `${path}\0`).join(''),
        encoding: 'utf8',
      },
    ).split('\0')
    const isOn = (value: string | undefined) => !['unspecified', 'unset', 'false'].includes(value ?? '')
    return paths.map((path, index) => ({
      path,
      generated: isOn(said[index * 6 + 2]),
      vendored: isOn(said[index * 6 + 5]),
    }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const root = `# a comment
*.gen.ts linguist-generated
/dist/** linguist-generated=true
docs/*.md linguist-vendored
"with space.txt" linguist-generated
lib linguist-generated
deep/** linguist-generated
deep/keep.ts -linguist-generated
deep/also.ts linguist-generated=false
deep/back.ts !linguist-generated
vendor/ linguist-vendored
*.min.* text linguist-vendored diff
a?c.ts linguist-generated
[xy].ts linguist-generated
{p,q}.ts linguist-generated
**/any/*.ts linguist-generated
!no.ts linguist-generated
`
const nested = '*.gen.ts -linguist-generated\n/top.ts linguist-generated\nsub/*.ts linguist-vendored\n'
const files = [
  { path: 'deep/inner/.gitattributes', text: nested },
  { path: '.gitattributes', text: root },
]
const paths = [
  'a.gen.ts',
  'src/b.gen.ts',
  'deep/inner/c.gen.ts',
  'deep/inner/top.ts',
  'deep/inner/sub/top.ts',
  'dist/a/b.js',
  'src/dist/a.js',
  'docs/a.md',
  'docs/x/a.md',
  'src/docs/a.md',
  'with space.txt',
  'src/with space.txt',
  'lib',
  'src/lib',
  'lib/x.ts',
  'deep/keep.ts',
  'deep/also.ts',
  'deep/back.ts',
  'vendor/a.ts',
  'x.min.js',
  '.min.js',
  'abc.ts',
  'x.ts',
  'p.ts',
  'any/a.ts',
  'q/any/a.ts',
  'any/b/a.ts',
  'no.ts',
  '.hidden.gen.ts',
  '.dot/any/a.ts',
]

describe('attributes', () => {
  it('are read as git reads them', () => {
    const attributesOf = gitAttributes(files)
    expect(paths.map((path) => ({ path, ...attributesOf(path) }))).toEqual(askGit(files, paths))
  })

  it('say nothing where there is no file', () => {
    expect(gitAttributes([])('a.ts')).toEqual({ generated: false, vendored: false })
  })

  it('take a file full of rules in bounded time', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `${'*a'.repeat(20)}${i} linguist-generated`).join(
      '\n',
    )
    const started = performance.now()
    const attributesOf = gitAttributes([{ path: '.gitattributes', text }])
    for (let index = 0; index < 300; index++) attributesOf(`src/${'a'.repeat(100)}${index}`)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
