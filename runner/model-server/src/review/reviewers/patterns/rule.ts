import type { Category, Severity } from '@ai-review/protocol/finding'
import type { Language } from '../../syntax/languages.ts'

/** What ast-grep is asked to find: the part of a rule file that goes to its native code. */
export interface Matcher {
  readonly rule: Readonly<Record<string, unknown>>
  readonly constraints?: Readonly<Record<string, unknown>>
  readonly utils?: Readonly<Record<string, unknown>>
  readonly transform?: Readonly<Record<string, unknown>>
}

/** A rule of ast-grep as this reviewer uses it. */
export interface PatternRule {
  readonly id: string
  readonly languages: readonly Language[]
  readonly severity: Severity
  readonly category: Category
  readonly confidence: number
  /** One line; `$NAME` stands for what a metavariable matched. */
  readonly title: string
  readonly body: string
  /** Replaces the matched code exactly. */
  readonly fix?: string
  /** Globs: the rule looks only at these paths. Empty: at every path. */
  readonly files: readonly string[]
  readonly ignores: readonly string[]
  /** A text that holds none of these cannot match; empty: unknown. Compiling a rule costs more than this search. */
  readonly mentions: readonly string[]
  readonly matcher: Matcher
}

/** True where the rule's meaning depends on code around the match, which a lone hunk does not show. */
export function needsWholeFile(rule: PatternRule): boolean {
  return /"(inside|follows|precedes|not)":/.test(JSON.stringify(rule.matcher))
}

/** False where the rule cannot match anything in this text. */
export function canMatch(rule: PatternRule, text: string): boolean {
  return rule.mentions.length === 0 || rule.mentions.some((mention) => text.includes(mention))
}
