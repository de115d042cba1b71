import { braceExpand, Minimatch } from 'minimatch'

const mostAlternatives = 64

const options = {
  dot: true,
  nocomment: true,
  nonegate: true,
  // Extended globs nest, and nested ones can be made to match in exponential time.
  noext: true,
  braceExpandMax: mostAlternatives + 1,
} as const

/** What is wrong with a glob, as the end of a sentence, or null. Patterns are untrusted: each must stay cheap to match. */
export function globProblem(pattern: string): string | null {
  if (pattern.startsWith('!')) return 'must not start with "!"; list such files under "exclude"'
  if (/[\p{Cc}\p{Cf}]/u.test(pattern)) return 'must not hold invisible characters'
  const alternatives = braceExpand(pattern, options).length
  return alternatives > mostAlternatives ? `must not stand for more than ${mostAlternatives} globs` : null
}

/**
 * Tells whether a path matches any of the patterns. A pattern without a slash matches the name in every directory,
 * one that ends in a slash everything below, and a leading slash means the root.
 */
export function matchesAny(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map((pattern) => {
    const rooted = pattern.replace(/^\/+/, '')
    const below = rooted.endsWith('/') ? `${rooted}**` : rooted
    return new Minimatch(below, { ...options, matchBase: !pattern.startsWith('/') })
  })
  return (path) => globs.some((glob) => glob.match(path))
}
