import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface LocalRefs {
  /** Full id of the commit that a ref names, or null. */
  commit(ref: string): Promise<string | null>
  /** Top folder of the repository, or null outside of one. */
  top(): Promise<string | null>
}

/** Reads refs of the user's own repository, whose settings the user trusts. */
export function createLocalRefs(repository: string): LocalRefs {
  const git = async (...args: string[]): Promise<string | null> => {
    try {
      const { stdout } = await execute('git', ['-C', repository, ...args], { encoding: 'utf8' })
      return stdout.trim()
    } catch {
      return null
    }
  }
  return {
    commit: (ref) => git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`),
    top: () => git('rev-parse', '--show-toplevel'),
  }
}
