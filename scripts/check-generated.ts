import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Regenerates everything that is generated and fails when the result differs from what is committed.
 * `git status` rather than `git diff`: the latter does not see new files.
 */
const root = join(import.meta.dirname, '..')
const generated = ['dist', 'schema', 'runner/protocol/schema', 'runner/protocol/openapi.json', 'docs']

const run = (script: string): unknown =>
  execFileSync(process.execPath, [join(root, 'scripts', script)], { cwd: root, stdio: 'inherit' })
const changes = (): string =>
  execFileSync('git', ['status', '--porcelain', '--', ...generated], { cwd: root, encoding: 'utf8' })

const before = changes()
run('generate.ts')
run('build.ts')
const after = changes()
if (after === before && process.env.CI === undefined) process.exit(0)
if (after === '') process.exit(0)
process.stderr.write(
  `Generated files are stale. Run "npm run generate && npm run build" and commit what changes:\n${after}`,
)
process.exit(1)
