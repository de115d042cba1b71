import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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

/** Id of the process of `script` that was given `temporary`; undefined while there is none. */
function processWith(temporary: string, script: string): number | undefined {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0)
    .find(
      (id) =>
        fileOf(id, 'cmdline').split('\0')[1]?.endsWith(script) &&
        fileOf(id, 'environ').split('\0').includes(`TMPDIR=${temporary}`),
    )
}

function fileOf(id: number, name: string): string {
  try {
    return readFileSync(`/proc/${id}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

/** A process that has ended and that nobody has waited for has no command line. */
function isRunning(id: number): boolean {
  return fileOf(id, 'cmdline') !== ''
}

async function until<Value>(read: () => Value | undefined): Promise<Value> {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(5)) {
    const value = read()
    if (value !== undefined) return value
  }
  throw new Error('It did not come true in time')
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

  it('is a program by itself, for a hook to name', () => {
    const { status, stdout } = spawnSync(program, ['--help'], { encoding: 'utf8' })
    expect(stdout).toMatch(/^Usage: ai-review /)
    expect(status).toBe(0)
  })

  it('gives other programs JSON and nothing else', () => {
    const { status, stdout } = aiReview('--base', 'main', '--fail-on', 'never', '--json')
    const { findings } = JSON.parse(stdout) as { findings: { path: string; line: number }[] }
    expect(findings).toEqual([expect.objectContaining({ path: 'run.py', line: 2 })])
    expect(status).toBe(0)
  })

  it('is content with a branch that adds nothing, and starts no server for it', () => {
    const { status, stdout, stderr } = aiReview('--base', 'work')
    expect(status).toBe(0)
    expect(stdout).toContain('Nothing to review')
    expect(stderr).not.toContain('Starting')
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('leaves no server behind on %s', async (signal) => {
    const temporary = mkdtempSync(join(tmpdir(), 'stopped-'))
    const env = { ...process.env, TMPDIR: temporary }
    const wrapper = spawn(process.execPath, [program], { cwd: repository, env })
    const ended = once(wrapper, 'exit')
    const server = await until(() => processWith(temporary, 'model-server/src/server.ts'))
    const reviewer = await until(() => processWith(temporary, 'src/cli/main.ts'))
    process.kill(signal === 'SIGKILL' ? reviewer : (wrapper.pid ?? 0), signal)
    expect(await ended).toEqual([2, null])
    await until(() => (isRunning(server) ? undefined : true))
    if (signal !== 'SIGKILL') expect(readdirSync(temporary)).toEqual([])
    rmSync(temporary, { recursive: true, force: true })
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
