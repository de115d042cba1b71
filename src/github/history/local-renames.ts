import type { Git } from '../change/run-git.ts'
import type { TextPlace } from './query-texts.ts'

/** `R<likeness> NUL <old> NUL <new> NUL`, and so on: https://git-scm.com/docs/git-diff#_raw_output_format */
const rename = /R\d{1,3}\0([^\0]+)\0([^\0]+)\0/g
const options = ['--name-status', '-z', '--no-ext-diff', '--no-textconv', '--find-renames', '--diff-filter=R']

/** Tells under what name a later commit has a file, by one run of git for each pair of commits. */
export function createLocalRenames(git: Git | null) {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>()
  return async ({ commit, path }: TextPlace, later: string): Promise<string | null> => {
    if (git === null || commit === later) return null
    const pair = `${commit} ${later}`
    const renames = known.get(pair) ?? renamesOf(git, commit, later)
    known.set(pair, renames)
    return (await renames).get(path) ?? null
  }
}

async function renamesOf(git: Git, commit: string, later: string): Promise<ReadonlyMap<string, string>> {
  const answer = await git(['diff', ...options, commit, later, '--'])
  const rows = (answer?.toString('utf8') ?? '').matchAll(rename)
  return new Map([...rows].map(([, before = '', after = '']) => [before, after]))
}
