import type { SkipReason } from './skip-reason.ts'

/** Files that package managers write; their names are those of linguist's list of generated files. */
const lockFiles = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'conan.lock',
  'deno.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'go.work.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.resolved',
  'packages.lock.json',
  'pdm.lock',
  'pipfile.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
  '.terraform.lock.hcl',
])

const vendored =
  /(?:^|\/)(?:node_modules|bower_components|vendor\/bundle|third_party|thirdparty|\.yarn\/(?:releases|plugins|cache))\//
const generated =
  /(?:\.pb\.go|_pb2(?:_grpc)?\.pyi?|\.g\.dart|\.freezed\.dart|\.designer\.cs|\.js\.map|\.css\.map|\.snap)$/i
const minified = /[.-]min\.(?:js|mjs|cjs|css)$/i

/** What the name alone tells: a file that no person wrote, or null. */
export function unreviewablePath(path: string): SkipReason | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (lockFiles.has(name)) return 'lock-file'
  if (vendored.test(path)) return 'vendored'
  if (minified.test(name)) return 'minified'
  return generated.test(name) ? 'generated' : null
}
