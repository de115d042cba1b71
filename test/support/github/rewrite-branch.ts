import type { GitRepository } from './git-repository.ts'

const identity = ['-c', 'user.name=Author', '-c', 'user.email=author@example.com'] as const

/** A commit of a whole tree (or of the tree of a commit), named by no branch yet. */
export async function commitTree(
  git: GitRepository,
  wanted: { readonly tree: string; readonly parents: readonly string[]; readonly message: string },
): Promise<string> {
  const parents = wanted.parents.flatMap((parent) => ['-p', parent])
  return await git.text(...identity, 'commit-tree', ...parents, '-m', wanted.message, wanted.tree)
}

/** The tree of `ours` with what `theirs` has changed since they parted. Throws where they conflict. */
async function mergedTree(git: GitRepository, ours: string, theirs: string): Promise<string> {
  return await git.text('merge-tree', '--write-tree', ours, theirs)
}

export async function mergeCommits(git: GitRepository, ours: string, theirs: string): Promise<string> {
  const tree = await mergedTree(git, ours, theirs)
  return await commitTree(git, { tree, parents: [ours, theirs], message: 'Merge the base' })
}

/** The branch's own commits, made again one by one on top of `onto`, as a rebase makes them; gives back the last. */
export async function replayCommits(
  git: GitRepository,
  span: { readonly base: string; readonly head: string; readonly onto: string },
): Promise<string> {
  const listed = await git.text('rev-list', '--reverse', '--no-merges', `${span.base}..${span.head}`)
  let tip = span.onto
  for (const commit of listed.split('\n').filter((line) => line !== '')) {
    // A child of the commit's parent with the tip's files: their merge base is then what the commit started from.
    const ours = await commitTree(git, { tree: `${tip}^{tree}`, parents: [`${commit}^`], message: 'Tip' })
    const tree = await mergedTree(git, ours, commit)
    tip = await commitTree(git, { tree, parents: [tip], message: 'Change' })
  }
  return tip
}
