import { requestLimits } from '@ai-review/protocol/review'

interface Entry {
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule'
}

const rulePath = /^\.github\/ai-review\/rules\/[^/]+\.ya?ml$/

/** The directories above the paths, the root as ''. */
export function ancestorsOf(paths: readonly string[]): ReadonlySet<string> {
  const directories = new Set([''])
  for (const path of paths) {
    let end = path.lastIndexOf('/')
    while (end > 0 && !directories.has(path.slice(0, end))) {
      directories.add(path.slice(0, end))
      end = path.lastIndexOf('/', end - 1)
    }
  }
  return directories
}

/** The repository's own ast-grep rules in a tree, at most as many as one request may hold. */
export function chooseRuleFiles<E extends Entry>(entries: readonly E[]): E[] {
  return entries
    .filter(({ path, kind }) => kind === 'file' && rulePath.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, requestLimits.rules)
}

/** The `.gitattributes` files in a tree that can speak for one of the changed files. */
export function chooseAttributesFiles<E extends Entry>(
  entries: readonly E[],
  changedPaths: readonly string[],
): E[] {
  const directories = ancestorsOf(changedPaths)
  return entries.filter(
    ({ path, kind }) =>
      kind === 'file' &&
      /(?:^|\/)\.gitattributes$/.test(path) &&
      directories.has(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
  )
}
