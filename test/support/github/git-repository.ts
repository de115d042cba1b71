import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What a commit does to one path. A string or bytes is the text of a regular file; null deletes the path. */
type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly text: string | Uint8Array; readonly mode: '100644' | '100755' | '120000' }
  | { readonly submodule: string }
  | { readonly renamedFrom: string; readonly text?: string }
export type FileChanges = Readonly<Record<string, FileChange>>

interface NewCommit {
  readonly ref: string
  readonly parents: readonly string[]
  readonly message: string
  readonly files: FileChanges
}

/** Git's own configuration of the machine and of the user must not change what the stand-in says. */
export const cleanGitEnvironment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
}

/** Runs git and gives back its output. Throws with git's own words when it fails. */
export async function runGit(
  directory: string,
  args: readonly string[],
  input: readonly (string | Uint8Array)[] = [],
): Promise<Buffer> {
  const child = spawn('git', args, { cwd: directory, env: cleanGitEnvironment })
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  child.stdin.on('error', () => undefined)
  child.stdin.end(Buffer.concat(input.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${Buffer.concat(errors)}`)
  return Buffer.concat(output)
}

/** A bare repository on disk: what GitHub holds of a repository and of all its forks. */
export class GitRepository {
  readonly directory: string
  #seconds = 1_767_225_600

  private constructor(directory: string) {
    this.directory = directory
  }

  static async create(parent: string, name: string): Promise<GitRepository> {
    const directory = join(parent, `${name}.git`)
    await mkdir(directory, { recursive: true })
    await runGit(directory, ['init', '--quiet', '--bare', '--initial-branch=main'])
    // A runner fetches commits by their id, as it can from GitHub.
    await runGit(directory, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
    return new GitRepository(directory)
  }

  run(...args: string[]): Promise<Buffer> {
    return runGit(this.directory, args)
  }

  async text(...args: string[]): Promise<string> {
    return (await this.run(...args)).toString('utf8').trim()
  }

  /** Full id of what `name` names, or null. */
  async resolve(name: string): Promise<string | null> {
    if (name.startsWith('-')) return null
    try {
      return await this.text('rev-parse', '--verify', '--quiet', name)
    } catch {
      return null
    }
  }

  mergeBase(base: string, head: string): Promise<string> {
    return this.text('merge-base', base, head)
  }

  /** Writes a commit, moves `ref` to it whatever it named before, and gives back its id. */
  async commit(wanted: NewCommit): Promise<string> {
    this.#seconds += 60
    const who = `Author <author@example.com> ${this.#seconds} +0000`
    const [from, ...merged] = wanted.parents
    await runGit(
      this.directory,
      ['fast-import', '--quiet', '--force'],
      [
        `commit ${wanted.ref}\nauthor ${who}\ncommitter ${who}\n`,
        ...dataOf(wanted.message),
        from === undefined ? '' : `from ${from}\n`,
        ...merged.map((parent) => `merge ${parent}\n`),
        ...Object.entries(wanted.files).flatMap(([path, change]) => importLines(path, change)),
        '\n',
      ],
    )
    return await this.text('rev-parse', wanted.ref)
  }

  async setRef(ref: string, sha: string): Promise<void> {
    await this.run('update-ref', ref, sha)
  }
}

function dataOf(content: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n']
}

/** Always quoted: fast-import then reads any byte of a name. */
function quoted(path: string): string {
  const escaped = [...Buffer.from(path)].map((byte) =>
    byte < 0x20 || byte === 0x22 || byte === 0x5c || byte > 0x7e
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  )
  return `"${escaped.join('')}"`
}

function importLines(path: string, change: FileChange): (string | Uint8Array)[] {
  if (change === null) return [`D ${quoted(path)}\n`]
  if (typeof change === 'string' || change instanceof Uint8Array) {
    return [`M 100644 inline ${quoted(path)}\n`, ...dataOf(change)]
  }
  if ('submodule' in change) return [`M 160000 ${change.submodule} ${quoted(path)}\n`]
  if ('renamedFrom' in change) {
    const rename = `R ${quoted(change.renamedFrom)} ${quoted(path)}\n`
    return change.text === undefined ? [rename] : [rename, ...importLines(path, change.text)]
  }
  return [`M ${change.mode} inline ${quoted(path)}\n`, ...dataOf(change.text)]
}
