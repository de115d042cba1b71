import type { Notice, RepositoryRule } from '@ai-review/protocol/review'
import { minimatch } from 'minimatch'
import type { Language } from '../../syntax/languages.ts'
import { parseRules } from './parse-rules.ts'
import type { PatternRule } from './rule.ts'

/** A rule and where it comes from: `path` is the rule file of the repository, null for a shipped rule. */
export interface SourcedRule {
  readonly rule: PatternRule
  readonly path: string | null
}

interface RuleSet {
  readonly rules: readonly SourcedRule[]
  readonly notices: readonly Notice[]
}

/** Most rules, and bytes of rule files, that one repository can bring. */
const repositoryRulesLimits = { rules: 200, bytes: 262_144 } as const

export function ruleNotice(path: string, message: string): Notice {
  return { code: 'rule-unusable', path, message: message.slice(0, 500) }
}

/** Why a rule does not join these; null where it does. */
function refusalOf({ id }: PatternRule, own: ReadonlyMap<string, SourcedRule>): string | null {
  if (own.has(id)) return `The id \`${id}\` is used twice; the first rule counts.`
  const { rules: most } = repositoryRulesLimits
  return own.size < most ? null : `Only the first ${most} rules of a repository are used.`
}

/**
 * The shipped rules and the repository's own, without those switched off. A repository's rule takes the place of
 * the shipped one with the same id, and one with `severity: off` only switches it off.
 */
export function assembleRules(
  shipped: readonly PatternRule[],
  request: { readonly rules: readonly RepositoryRule[]; readonly disabledRules: readonly string[] },
): RuleSet {
  const disabled = new Set(request.disabledRules)
  const own = new Map<string, SourcedRule>()
  const notices: Notice[] = []
  let bytes = 0
  for (const file of request.rules) {
    bytes += Buffer.byteLength(file.text)
    if (bytes > repositoryRulesLimits.bytes) {
      notices.push(
        ruleNotice(file.path, 'The rule files of the repository are over 256 KB; this one is left out.'),
      )
      continue
    }
    const { rules, off, faults } = parseRules(file.text)
    for (const id of off) disabled.add(id)
    notices.push(...faults.map((fault) => ruleNotice(file.path, fault)))
    for (const rule of rules) {
      const refusal = refusalOf(rule, own)
      if (refusal === null) own.set(rule.id, { rule, path: file.path })
      else notices.push(ruleNotice(file.path, refusal))
    }
  }
  const replaced = shipped.filter((rule) => !own.has(rule.id)).map((rule) => ({ rule, path: null }))
  const rules = [...replaced, ...own.values()].filter(({ rule }) => !disabled.has(rule.id))
  return { rules, notices }
}

/** As in ast-grep, a glob without a slash matches in every directory. Braces multiply: expanding stops here. */
const globOptions = { dot: true, matchBase: true, nocomment: true, nonegate: true, braceExpandMax: 200 }

/** Whether a rule looks at this file. */
export function appliesTo(
  rule: PatternRule,
  file: { readonly path: string; readonly language: Language },
): boolean {
  if (!rule.languages.includes(file.language)) return false
  const matches = (glob: string) => minimatch(file.path, glob, globOptions)
  return (rule.files.length === 0 || rule.files.some(matches)) && !rule.ignores.some(matches)
}
