import type { NotReachedReason } from '@ai-review/protocol/review'
import type { Language } from '../../syntax/languages.ts'
import { canMatch, needsWholeFile, type PatternRule } from './rule.ts'
import type { SourcedRule } from './rule-set.ts'
import type { Match, ScanRule } from './scan-text.ts'
import type { Scanner, ScanOutcome } from './scanner.ts'
import type { SourceText } from './texts-of.ts'

/** Milliseconds after which a scan starts no further rule. */
const budgetMs = 4000

/** The part of a rule that the scanning process needs. */
export function toScanRule(rule: PatternRule): ScanRule {
  const shown = `${rule.title}\n${rule.body}`.matchAll(/\$(?:\$\$)?([A-Z_][A-Z0-9_]*)/g)
  return {
    id: rule.id,
    matcher: rule.matcher,
    ...(rule.fix === undefined ? {} : { fix: rule.fix }),
    shown: [...new Set([...shown].map((name) => name[1] ?? ''))],
  }
}

interface SourceScan {
  readonly matches: readonly Match[]
  /** Why the text was not read, or not by every rule. */
  readonly reason: NotReachedReason | null
  /** True where the shipped rules alone took too long. */
  readonly stalled: boolean
  /** True where the repository's rules took too long and were left out. */
  readonly ownTooSlow: boolean
}

interface ScanSource {
  readonly language: Language
  readonly source: SourceText
  readonly rules: readonly SourcedRule[]
}

async function ask(scanner: Scanner, asked: ScanSource): Promise<ScanOutcome> {
  const { language, source } = asked
  const rules = asked.rules.filter(({ rule }) => source.isWhole || !needsWholeFile(rule))
  return scanner.scan({
    language,
    text: source.text,
    known: rules.filter(({ path }) => path === null).map(({ rule }) => rule.id),
    rules: rules.filter(({ path }) => path !== null).map(({ rule }) => toScanRule(rule)),
    budgetMs,
  })
}

function readOutcome(outcome: ScanOutcome, source: SourceText): SourceScan {
  const none = { matches: [], ownTooSlow: false }
  if (outcome.kind === 'crashed') return { ...none, reason: 'engine-failed', stalled: true }
  if (outcome.kind === 'stalled') return { ...none, reason: 'too-large', stalled: true }
  const matches = outcome.scan.matches.map(({ replacement, ...match }) => ({
    ...match,
    startLine: match.startLine + source.offset,
    endLine: match.endLine + source.offset,
    // A lone hunk was shifted to the left, so its replaced lines are not those of the file.
    ...(replacement === undefined || !source.isWhole ? {} : { replacement }),
  }))
  const reason = outcome.scan.finished ? null : 'too-large'
  return { matches, reason, stalled: false, ownTooSlow: false }
}

/** Scans one text; when it stalls while rules of the repository take part, once more without them. */
export async function scanSource(scanner: Scanner, file: ScanSource): Promise<SourceScan> {
  const asked = { ...file, rules: file.rules.filter(({ rule }) => canMatch(rule, file.source.text)) }
  const first = readOutcome(await ask(scanner, asked), asked.source)
  const shipped = asked.rules.filter(({ path }) => path === null)
  if (!first.stalled || shipped.length === asked.rules.length) return first
  const second = readOutcome(await ask(scanner, { ...asked, rules: shipped }), asked.source)
  return { ...second, ownTooSlow: true }
}

/** Ids of the repository's rules that ast-grep cannot use: they are compiled once, over an empty text. */
export async function findRefused(
  scanner: Scanner,
  own: readonly SourcedRule[],
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>()
  for (const language of new Set(own.flatMap(({ rule }) => rule.languages))) {
    const rules = own.filter(({ rule }) => rule.languages.includes(language))
    const outcome = await ask(scanner, { language, source: { text: '', offset: 0, isWhole: true }, rules })
    const ids = outcome.kind === 'scanned' ? outcome.scan.refused : rules.map(({ rule }) => rule.id)
    for (const id of ids) refused.add(id)
  }
  return refused
}
