import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { ReviewError } from '../errors.ts'
import type { PullRequest } from '../roles.ts'
import type { LocalRefs } from './local-refs.ts'

interface Wanted {
  readonly repository: string
  readonly base?: string
  readonly head: string
}

/** Where a branch usually goes, the most specific first. */
const usualBases = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'main',
  'master',
]

/**
 * The local branch in the shape of a pull request without a number.
 * Throws a ReviewError `bad-input` when a ref does not exist or no base can be told.
 */
export async function localChange(refs: LocalRefs, wanted: Wanted): Promise<PullRequest> {
  const head = await commitOf(refs, '--head', wanted.head)
  const base =
    wanted.base === undefined
      ? await usualBase(refs)
      : { ref: wanted.base, sha: await commitOf(refs, '--base', wanted.base) }
  const folder = resolve(wanted.repository)
  return {
    repository: {
      id: numberOf(folder),
      owner: 'local',
      name: basename(folder) || 'repository',
      isPublic: false,
    },
    number: 0,
    url: '',
    title: '',
    state: 'open',
    isDraft: false,
    isFork: false,
    base,
    head: { sha: head, ref: wanted.head },
    changedFiles: 0,
  }
}

async function commitOf(refs: LocalRefs, option: string, ref: string): Promise<string> {
  const commit = await refs.commit(ref)
  if (commit !== null) return commit
  throw new ReviewError('bad-input', `${option} names no commit of this repository.`, {
    hint: 'Give a branch, a tag or a commit that "git rev-parse" knows, and fetch it first if it is remote.',
  })
}

async function usualBase(refs: LocalRefs): Promise<{ ref: string; sha: string }> {
  for (const ref of usualBases) {
    const sha = await refs.commit(ref)
    if (sha !== null) return { ref, sha }
  }
  throw new ReviewError('bad-input', 'It is not clear what this branch will be merged into.', {
    hint: 'Name it: ai-review --base BRANCH.',
  })
}

/** The server wants a repository id: the same folder always has the same one, below 2^31. */
function numberOf(folder: string): number {
  return (createHash('sha256').update(folder).digest().readUInt32BE() >>> 1) + 1
}
