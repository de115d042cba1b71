import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry, RandomChange } from './random-change.ts'
import { type GitFile, indicators, readListing, readShownLines } from './read-git.ts'

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

function octalQuoted(path: Buffer): string {
  return `"${[...path].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`
}

function importEntry(path: Buffer, entry: Entry): Buffer[] {
  if (entry.mode === '160000') return [Buffer.from(`M 160000 ${entry.content} ${octalQuoted(path)}\n`)]
  const head = `M ${entry.mode} inline ${octalQuoted(path)}\ndata ${entry.content.length}\n`
  return [Buffer.from(head), entry.content, Buffer.from('\n')]
}

function importCommit(changes: readonly RandomChange[], side: 'before' | 'after'): Buffer[] {
  const head = `commit refs/heads/${side}\ncommitter t <t@example.com> 0 +0000\ndata 0\ndeleteall\n`
  const entries = changes.flatMap((change) => {
    const entry = change[side]
    return entry === null ? [] : importEntry(side === 'before' ? change.oldPath : change.newPath, entry)
  })
  return [Buffer.from(head), ...entries, Buffer.from('\n')]
}

/** A bare repository in a temporary folder that holds the two sides of a change; deleted when disposed. */
export class GitRepository implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'diff-'))

  constructor() {
    this.#git(['init', '--quiet', '--bare'])
  }

  #git(args: readonly string[], input = Buffer.alloc(0)): Buffer {
    return execFileSync('git', args, { cwd: this.#folder, env: environment, maxBuffer: 1 << 28, input })
  }

  /** Makes `changes` the two sides that `diff` and `files` compare. */
  commit(changes: readonly RandomChange[]): void {
    const stream = [...importCommit(changes, 'before'), ...importCommit(changes, 'after')]
    this.#git(['fast-import', '--quiet', '--force'], Buffer.concat(stream))
  }

  /** The patch, as git writes it with these options; one of the form `core.x=y` is configuration. */
  diff(options: readonly string[]): Buffer {
    const config = options.filter((option) => option.startsWith('core.')).flatMap((option) => ['-c', option])
    const flags = options.filter((option) => !option.startsWith('core.'))
    return this.#git([...config, 'diff', '--no-color', ...flags, 'before', 'after', '--'])
  }

  /** Every file that the same diff shows, in its order. */
  files(options: readonly string[]): GitFile[] {
    const marks = [
      `--output-indicator-new=${indicators.added}`,
      `--output-indicator-old=${indicators.deleted}`,
      `--output-indicator-context=${indicators.context}`,
    ]
    const shown = readShownLines(this.diff([...options, ...marks]))
    const lists = ['--raw', '--numstat', '--no-abbrev', '-z']
    return readListing(this.diff([...options.filter((option) => option !== '--binary'), ...lists]), shown)
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
