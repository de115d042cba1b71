import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface LocalRefs {
  /** Full id of the commit that a ref names, or null. */
  commit(ref: string): Promise<string | null>
  /** Folder of the object database and the refs, or null outside of a repository. */
  gitDirectory(): Promise<string | null>
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
    gitDirectory: () => git('rev-parse', '--path-format=absolute', '--git-common-dir'),
  }
}
