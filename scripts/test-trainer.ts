import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Tests the trainer: makes its virtual environment when it is missing or its pins have changed, then runs its
 * linter and its tests, and those of ours that need it.
 */
const root = join(import.meta.dirname, '..')
const trainer = join(root, 'runner/trainer')
const environment = join(trainer, '.venv')
const python = join(environment, 'bin/python')
const stamp = join(environment, 'pins.sha256')
const requirements = ['requirements.txt', 'requirements-dev.txt']
const oldest = [3, 11] as const

const run = (program: string, ...options: string[]): unknown =>
  execFileSync(program, options, { cwd: trainer, stdio: 'inherit' })

try {
  prepareEnvironment()
  run(python, '-m', 'ruff', 'check', '.')
  run(python, '-m', 'ruff', 'format', '--check', '.')
  run(python, '-m', 'pytest')
  execFileSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/trainer'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TRAINER_PYTHON: python },
  })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}

function prepareEnvironment(): void {
  const pins = createHash('sha256')
  for (const file of requirements) pins.update(readFileSync(join(trainer, file)))
  const wanted = pins.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const base = findPython()
  rmSync(environment, { recursive: true, force: true })
  run(base, '-m', 'venv', environment)
  run(python, '-m', 'pip', 'install', '--quiet', ...requirements.flatMap((file) => ['-r', file]))
  writeFileSync(stamp, wanted)
}

/** The first interpreter on the PATH that is new enough. */
function findPython(): string {
  const found = ['python3', 'python3.13', 'python3.12', 'python3.11'].find(isNewEnough)
  if (found !== undefined) return found
  throw new Error(
    `The trainer needs Python ${oldest.join('.')} or newer, and none is on the PATH as python3: install it (with its venv module).`,
  )
}

function isNewEnough(program: string): boolean {
  const question = `import sys, venv; sys.exit(sys.version_info < (${oldest.join(', ')}))`
  try {
    execFileSync(program, ['-c', question], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
