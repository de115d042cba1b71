import { Minimatch } from 'minimatch'

/** Where GitHub looks for the file; the first that is there counts. */
export const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const

/** Bounds of a file that anybody who may push to the base could write. */
export const codeOwnersLimits = {
  bytes: 256 * 1024,
  rules: 5000,
  pattern: 256,
  starsInName: 3,
  globstars: 4,
} as const

interface Rule {
  readonly matches: (path: string) => boolean
  /** Logins in lower case; teams and addresses name no single account and are left out. */
  readonly owners: ReadonlySet<string>
}

const options = { dot: true, nocomment: true, nonegate: true, noext: true, nobrace: true } as const
const login = /^@(?<login>[A-Za-z\d][A-Za-z\d_-]{0,38})$/

/**
 * Tells whether the file gives a path to an account: the last matching rule decides, as GitHub reads it
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
 * Rules that GitHub does not take either (`!`, `[ ]`), and those too costly to match, give nothing to anybody.
 */
export function codeOwners(text: string): (path: string, login: string) => boolean {
  const rules = text
    .split(/\r\n?|\n/)
    .flatMap(ruleOf)
    .slice(-codeOwnersLimits.rules)
    .reverse()
  return (path, owner) => rules.find(({ matches }) => matches(path))?.owners.has(owner.toLowerCase()) ?? false
}

function ruleOf(line: string): Rule[] {
  const [pattern = '', ...rest] = line.trim().split(/\s+/)
  if (pattern === '' || pattern.startsWith('#') || !isCheap(pattern)) return []
  const comment = rest.findIndex((word) => word.startsWith('#'))
  const owners = (comment === -1 ? rest : rest.slice(0, comment)).flatMap((word) => {
    const found = login.exec(word)?.groups?.login
    return found === undefined ? [] : [found.toLowerCase()]
  })
  return [{ matches: matcherOf(pattern), owners: new Set(owners) }]
}

function isCheap(pattern: string): boolean {
  if (pattern.length > codeOwnersLimits.pattern || /^!|[[\]\\]/.test(pattern)) return false
  const names = pattern.split('/')
  const globstars = names.filter((name) => name === '**').length
  return (
    globstars <= codeOwnersLimits.globstars &&
    names.every((name) => name === '**' || name.split('*').length <= codeOwnersLimits.starsInName + 1)
  )
}

/** A pattern with a slash before its end is matched from the root, another one everywhere; a folder means all below it. */
function matcherOf(pattern: string): (path: string) => boolean {
  const isRooted = pattern.slice(0, -1).includes('/')
  const bare = pattern.replace(/^\/+/, '').replace(/\/+$/, '')
  const from = isRooted ? bare : `**/${bare}`
  // `docs/*` means the files of that folder alone, unlike `docs` and `docs/`.
  const isOneLevel = isRooted && /(?:^|\/)\*$/.test(bare)
  const globs = [
    ...(pattern.endsWith('/') ? [] : [from]),
    ...(isOneLevel && !pattern.endsWith('/') ? [] : [`${from}/**`]),
  ].map((glob) => new Minimatch(glob, options))
  return (path) => globs.some((glob) => glob.match(path))
}
