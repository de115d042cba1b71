import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Bundles the Action: src/main.ts and everything it imports become dist/index.js.
 * The output depends on nothing but the sources and the lock file, so a rebuild is equal bit for bit.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [
    join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js'),
    'build',
    join(root, 'src/main.ts'),
    '--out',
    dist,
    '--license',
    'licenses.txt',
    '--no-cache',
  ],
  { cwd: root, stdio: 'inherit' },
)
