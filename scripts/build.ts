import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Bundles the Action: src/main.ts and everything it imports become dist/index.js.
 * The output depends on nothing but the sources and the lock file, so a rebuild is equal bit for bit.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
// Built elsewhere and copied, so that whatever runs the bundle meanwhile never finds it gone.
const built = mkdtempSync(join(tmpdir(), 'dist-'))

try {
  const entry = join(root, 'src/main.ts')
  const options = ['--out', built, '--license', 'licenses.txt', '--no-cache']
  execFileSync(process.execPath, [ncc, 'build', entry, ...options], { cwd: root, stdio: 'inherit' })
  mkdirSync(dist, { recursive: true })
  const files = readdirSync(built)
  for (const file of files) copyFileSync(join(built, file), join(dist, file))
  for (const file of readdirSync(dist)) if (!files.includes(file)) rmSync(join(dist, file))
} finally {
  rmSync(built, { recursive: true, force: true })
}
