import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../../../bin/ai-review.js')
let repository: string

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    cwd: repository,
    encoding: 'utf8',
  })

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text)
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Change')
}

function aiReview(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { cwd: repository, encoding: 'utf8' })
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'branch-'))
  git('init', '--quiet', '--initial-branch=main')
  commit({ 'total.py': 'def total(values):\n    return sum(values)\n' })
  git('switch', '--quiet', '--create', 'work')
  commit({ 'run.py': 'def run(text):\n    return eval(text)\n' })
})
afterAll(() => rmSync(repository, { recursive: true, force: true }))

describe('ai-review', () => {
  it('finds what the branch adds and fails a pre-push hook', () => {
    const { status, stdout } = aiReview('--fail-on', 'low')
    expect(stdout).toContain('run.py')
    expect(stdout).toContain('no model took part')
    expect(status).toBe(1)
  })

  it('gives other programs JSON and nothing else', () => {
    const { status, stdout } = aiReview('--base', 'main', '--fail-on', 'never', '--json')
    const { findings } = JSON.parse(stdout) as { findings: { path: string; line: number }[] }
    expect(findings).toEqual([expect.objectContaining({ path: 'run.py', line: 2 })])
    expect(status).toBe(0)
  })

  it('is content with a branch that adds nothing', () => {
    expect(aiReview('--base', 'work')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing found'),
    })
  })

  it.each([
    [['--base', 'no-such-branch'], '--base names no commit of this repository.'],
    [['--repo', tmpdir()], '--repo is no git repository.'],
    [['--server', 'http://127.0.0.1:9'], '127.0.0.1:9'],
  ])('ends with 2 and one clear message for %j', (args, message) => {
    const { status, stderr, stdout } = aiReview(...args)
    expect(status).toBe(2)
    expect(stderr + stdout).toContain(message)
    expect(stderr + stdout).not.toMatch(/\n\s+at /)
  })
})
