import type { Guideline } from '@ai-review/protocol/review'
import { guidelineLimits } from './choose-guidelines.ts'
import { matchesAny } from './globs.ts'
import { guidelineKind } from './guideline-kind.ts'
import type { Policy } from './policy.ts'
import { showHidden } from './show-hidden.ts'

/** Only the tables of the file that are about Ruff: the rest is not about style. */
function ruffTables(text: string): string {
  let isRuff = false
  return text
    .split('\n')
    .filter((line) => {
      const table = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line)?.[1]
      if (table !== undefined) isRuff = /^tool\.ruff(?:$|\.)/.test(table)
      return isRuff
    })
    .join('\n')
}

/** Comments that no reader of the page sees do not instruct a reviewer either. */
function withoutHtmlComments(text: string): string {
  const parts = text.split('<!--')
  return parts
    .map((part, index) => {
      const end = index === 0 ? -1 : part.indexOf('-->')
      return end === -1 ? (index === 0 ? part : '') : part.slice(end + '-->'.length)
    })
    .join('')
}

/** A style file's text as the model gets it, or null where nothing of it is about style. */
export function readGuideline({
  path,
  text,
}: {
  readonly path: string
  readonly text: string
}): Guideline | null {
  const directory = guidelineKind(path)?.directory ?? ''
  const plain = showHidden(text.replace(/^\uFEFF/, ''))
  const isProse = /\.mdx?$|\.mdc$/i.test(path)
  const relevant = path.endsWith('pyproject.toml')
    ? ruffTables(plain)
    : isProse
      ? withoutHtmlComments(plain)
      : plain
  const passage = relevant.trim().slice(0, guidelineLimits.bytes)
  return passage === '' ? null : { path, directory, text: passage }
}

/** The policy's own instructions for the files under review, as guidelines of the root. */
export function policyGuidelines(policy: Policy, policyPath: string, paths: readonly string[]): Guideline[] {
  return policy.instructions
    .filter((instruction) => paths.some(matchesAny(instruction.paths)))
    .map(({ paths: globs, text }) => ({
      path: policyPath,
      directory: '',
      text: `For files that match ${globs.join(', ')}:\n${showHidden(text)}`,
    }))
}
