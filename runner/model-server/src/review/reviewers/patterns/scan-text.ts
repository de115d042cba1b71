import type { SgNode } from '@ast-grep/napi'
import { type Language, parseSource } from '../../syntax/languages.ts'
import type { Matcher } from './rule.ts'

/** What the scan needs of a rule. */
export interface ScanRule {
  readonly id: string
  readonly matcher: Matcher
  readonly fix?: string
  /** Metavariables whose text the rule's message shows. */
  readonly shown: readonly string[]
}

export interface ScanTask {
  readonly language: Language
  readonly text: string
  readonly rules: readonly ScanRule[]
  /** Milliseconds after which no further rule is started. */
  readonly budgetMs: number
}

/** Lines are 1-based and inclusive. */
export interface Match {
  readonly id: string
  readonly startLine: number
  readonly endLine: number
  /** Names by metavariable; only identifiers are told, anything else is `…`. */
  readonly shown: Readonly<Record<string, string>>
  /** The lines `startLine`..`endLine` with the rule's fix applied; '' where nothing of them remains. */
  readonly replacement?: string
}

export interface Scan {
  readonly matches: readonly Match[]
  /** Ids of rules that ast-grep refuses. */
  readonly refused: readonly string[]
  /** False when the time was up before the last rule. */
  readonly finished: boolean
}

/** Most matches of one rule in one text: a rule that matches more often says nothing new. */
const matchesPerRuleMax = 50

const brokenSyntax = { rule: { kind: 'ERROR' } }

/** Broken code around a match means that the tree may be a guess. */
function isReliable(node: SgNode): boolean {
  if (node.kind() === 'ERROR' || node.find(brokenSyntax) !== null) return false
  return !node.inside(brokenSyntax)
}

function capturedText(node: SgNode, name: string): string {
  const single = node.getMatch(name) ?? null
  if (single !== null) return single.text()
  const transformed = node.getTransformed(name)
  if (transformed !== null) return transformed
  const [first, ...rest] = node.getMultipleMatches(name)
  const last = rest.at(-1) ?? first
  if (first === undefined || last === undefined) return ''
  const text = node.getRoot().root().text()
  const base = node.getRoot().root().range().start.index
  return text.slice(first.range().start.index - base, last.range().end.index - base)
}

function expandFix(node: SgNode, fix: string): string {
  return fix.replace(/\$\$\$([A-Z_][A-Z0-9_]*)|\$([A-Z_][A-Z0-9_]*)/g, (_all, many: string, one: string) =>
    capturedText(node, many ?? one),
  )
}

/** The matched lines with the fix in place, or undefined where the place of the match in them is not certain. */
function replacementOf(node: SgNode, fix: string, lines: readonly string[]): string | undefined {
  const { start, end } = node.range()
  const source = lines.slice(start.line, end.line + 1).join('\n')
  const text = node.text()
  const at = source.indexOf(text)
  if (at < 0 || source.includes(text, at + 1)) return undefined
  const replaced = source.slice(0, at) + expandFix(node, fix) + source.slice(at + text.length)
  return replaced.trim() === '' ? '' : replaced
}

function shownTexts(node: SgNode, names: readonly string[]): Record<string, string> {
  const texts = names.map((name): [string, string] => {
    const text = capturedText(node, name)
    return [name, /^[\w.]{1,60}$/.test(text) ? text : '…']
  })
  return Object.fromEntries(texts)
}

function toMatch(node: SgNode, rule: ScanRule, lines: readonly string[]): Match {
  const { start, end } = node.range()
  const replacement = rule.fix === undefined ? undefined : replacementOf(node, rule.fix, lines)
  return {
    id: rule.id,
    startLine: start.line + 1,
    endLine: end.line + 1,
    shown: shownTexts(node, rule.shown),
    ...(replacement === undefined ? {} : { replacement }),
  }
}

/** Runs rules over one text. Blocks until done: it belongs into a process that can be killed. */
export function scanText(task: ScanTask): Scan {
  const until = performance.now() + task.budgetMs
  const root = parseSource(task.language, task.text).root()
  const lines = task.text.split('\n')
  const matches: Match[] = []
  const refused: string[] = []
  for (const rule of task.rules) {
    if (performance.now() > until) return { matches, refused, finished: false }
    try {
      const nodes = root.findAll(rule.matcher as never).slice(0, matchesPerRuleMax)
      matches.push(...nodes.filter(isReliable).map((node) => toMatch(node, rule, lines)))
    } catch {
      refused.push(rule.id)
    }
  }
  return { matches, refused, finished: true }
}
