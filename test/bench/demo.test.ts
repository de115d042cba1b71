import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantedFlaws, sample } from '../../bench/demo/sample-change.ts'
import type { FindingsFile } from '../../src/review/findings-file.ts'

const root = join(import.meta.dirname, '../..')
const cleanFiles = [
  'api/src/money.ts',
  'docs/runbook.md',
  'gateway/zones.go',
  'ledger/src/main/java/parcels/Receipt.java',
  'worker/retry.py',
]

function demo(...args: string[]): { output: string; text: string } {
  const output = mkdtempSync(join(tmpdir(), 'demo-'))
  const text = execFileSync(
    process.execPath,
    [join(root, 'bench/demo/main.ts'), '--output', output, ...args],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return { output, text }
}

describe('the demo', () => {
  let run: ReturnType<typeof demo>
  let findings: FindingsFile['findings']
  const head = sample.head()
  const lineOf = (path: string, number: number): string => String(head[path]).split('\n')[number - 1] ?? ''

  beforeAll(() => {
    run = demo()
    findings = (JSON.parse(readFileSync(join(run.output, 'findings.json'), 'utf8')) as FindingsFile).findings
  })
  afterAll(() => rmSync(run.output, { recursive: true, force: true }))

  it.each(plantedFlaws)('finds $what in $path', ({ path, line }) => {
    const flagged = findings.filter((one) => one.path === path).map((one) => lineOf(path, one.line))
    expect(flagged).toEqual(expect.arrayContaining([expect.stringContaining(line)]))
  })

  it.each(cleanFiles)('has nothing to say about %s', (path) => {
    expect(Object.keys(head)).toContain(path)
    expect(findings.filter((one) => one.path === path)).toEqual([])
  })

  it('says in the terminal what was found, what was not reviewed, and that no model took part', () => {
    expect(run.text).toContain('api/src/orders.ts')
    expect(run.text).toContain('lock file')
    expect(run.text).toContain('no model took part')
  })

  it('writes a page with every comment, that runs no script and fetches nothing', () => {
    const page = readFileSync(join(run.output, 'review.html'), 'utf8')
    expect(page.match(/<article class="comment">/g)).toHaveLength(findings.length)
    expect(page).not.toMatch(/<script|<img|<link|src=|url\(/)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toContain('\u202e')
  })
})

describe('the demo of a local repository', () => {
  it('names the ref that does not exist', () => {
    expect(() => demo('--repo', root, '--base', 'no-such-branch')).toThrow(
      /--base no-such-branch names no commit/,
    )
  })

  it('reviews the commits between two refs', () => {
    using repository = twoCommits()
    const { output, text } = demo('--repo', repository.path, '--base', 'main', '--head', 'work')
    expect(text).toContain('hash.py')
    rmSync(output, { recursive: true, force: true })
  })
})

function twoCommits(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'repository-'))
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: path })
  const commit = (): unknown => git('commit', '--quiet', '--all', '--allow-empty', '--message', 'Change')
  git('init', '--quiet', '--initial-branch=main')
  commit()
  git('switch', '--quiet', '--create', 'work')
  execFileSync(
    'sh',
    ['-c', 'printf "import pickle\\n\\n\\ndef read(data):\\n    return eval(data)\\n" > hash.py'],
    { cwd: path },
  )
  git('add', 'hash.py')
  commit()
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
