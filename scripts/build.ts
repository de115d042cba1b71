import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Bundles the Action: src/main.ts and everything it imports become dist/index.js and the files beside it.
 * The output depends on nothing but the sources and the lock file, so a rebuild is equal bit for bit.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
// Built elsewhere and copied, so that whatever runs the bundle meanwhile never finds it gone.
const built = mkdtempSync(join(tmpdir(), 'dist-'))

try {
  const entry = join(root, 'src/main.ts')
  const options = ['--out', built, '--license', 'licenses-[id].txt', '--no-cache', '--minify']
  execFileSync(process.execPath, [ncc, 'build', entry, ...options], { cwd: root, stdio: 'inherit' })
  joinLicenses()
  mkdirSync(dist, { recursive: true })
  const files = readdirSync(built)
  for (const file of files) copyFileSync(join(built, file), join(dist, file))
  for (const file of readdirSync(dist)) if (!files.includes(file)) rmSync(join(dist, file))
} finally {
  rmSync(built, { recursive: true, force: true })
}

/** The bundler writes one list for the entry and, again and again, one for all that is loaded later. */
function joinLicenses(): void {
  const names = readdirSync(built).filter((name) => /^licenses-.*\.txt$/.test(name))
  const texts = new Set(names.sort().map((name) => readFileSync(join(built, name), 'utf8')))
  for (const name of names) rmSync(join(built, name))
  writeFileSync(join(built, 'licenses.txt'), [...texts].join('\n'))
}
