import type { FileToReview } from '@ai-review/protocol/change'
import type { FileCoverage, Notice, ReviewRequest } from '@ai-review/protocol/review'
import type { Candidate, Reviewer, ReviewerContext, ReviewerResult } from '../../reviewer.ts'
import { languageOf } from '../../syntax/languages.ts'
import { addedLines } from '../added-lines.ts'
import { notRead, stopReason } from '../review-files.ts'
import type { PatternRule } from './rule.ts'
import { appliesTo, assembleRules, ruleNotice, type SourcedRule } from './rule-set.ts'
import { findRefused, scanSource, toScanRule } from './scan-source.ts'
import type { Match } from './scan-text.ts'
import { createScanner, type Scanner } from './scanner.ts'
import { loadShippedRules } from './shipped-rules.ts'
import { textsOf } from './texts-of.ts'
import { toCandidate } from './to-candidate.ts'

/** Largest text that is scanned, in UTF-16 units. */
export const scannedTextMax = 1_000_000

/** A change whose files stall the scanner this often is not scanned further: it would hold up all others. */
const stallsMax = 3

const defaultStallMs = 8000

/** One review in progress. */
interface Run {
  readonly scanner: Scanner
  readonly rules: readonly SourcedRule[]
  readonly candidates: Candidate[]
  readonly coverage: FileCoverage[]
  readonly notices: Notice[]
  stalls: number
}

function candidatesOf(
  file: FileToReview,
  matches: readonly Match[],
  rules: readonly SourcedRule[],
): Candidate[] {
  const added = addedLines(file)
  const byId = new Map(rules.map(({ rule }) => [rule.id, rule]))
  const byPlace = new Map<string, Candidate>()
  for (const match of matches) {
    const rule = byId.get(match.id)
    const candidate = rule === undefined ? null : toCandidate({ rule, match, file, added })
    if (candidate !== null) byPlace.set(`${match.id} ${candidate.line}`, candidate)
  }
  return [...byPlace.values()].sort((a, b) => a.line - b.line)
}

async function reviewFile(file: FileToReview, run: Run): Promise<void> {
  const language = languageOf(file.path)
  if (language === null) return
  const rules = run.rules.filter(({ rule }) => appliesTo(rule, { path: file.path, language }))
  const sources = rules.length === 0 ? [] : textsOf(file)
  for (const source of sources) {
    if (source.text.length > scannedTextMax) {
      run.coverage.push(notRead(file, 'too-large'))
      return
    }
    const scan = await scanSource(run.scanner, { language, source, rules })
    run.candidates.push(...candidatesOf(file, scan.matches, rules))
    if (scan.stalled) run.stalls += 1
    if (scan.ownTooSlow)
      run.notices.push(
        ruleNotice(file.path, "The repository's rules took too long on this file and were left out."),
      )
    if (scan.reason !== null) {
      run.coverage.push(notRead(file, scan.reason))
      return
    }
  }
}

function refusals(own: readonly SourcedRule[], refused: ReadonlySet<string>): Notice[] {
  return own
    .filter(({ rule }) => refused.has(rule.id))
    .map(({ rule, path }) => {
      const hint = 'check its kinds and patterns for each of its languages.'
      return ruleNotice(path ?? '', `ast-grep refuses the rule \`${rule.id}\`: ${hint}`)
    })
}

export interface PatternsOptions {
  readonly shipped?: readonly PatternRule[]
  /** Milliseconds after which a scan of one text is given up. */
  readonly stallMs?: number
}

/** The reviewer that runs ast-grep rules, shipped ones and the repository's own, over the changed files. */
export function createPatternsReviewer(options: PatternsOptions = {}): Reviewer {
  const shipped = options.shipped ?? loadShippedRules()
  const scanner = createScanner({
    shipped: shipped.map(toScanRule),
    stallMs: options.stallMs ?? defaultStallMs,
  })
  return {
    name: 'patterns',
    async review(request: ReviewRequest, context: ReviewerContext): Promise<ReviewerResult> {
      const set = assembleRules(shipped, request)
      const own = set.rules.filter(({ path }) => path !== null)
      const refused = await findRefused(scanner, own)
      const run: Run = {
        scanner,
        rules: set.rules.filter(({ rule, path }) => path === null || !refused.has(rule.id)),
        candidates: [],
        coverage: [],
        notices: [...set.notices, ...refusals(own, refused)],
        stalls: 0,
      }
      for (const [index, file] of request.files.entries()) {
        const reason = stopReason(context) ?? (run.stalls >= stallsMax ? 'too-large' : null)
        if (reason !== null) run.coverage.push(notRead(file, reason))
        else await reviewFile(file, run)
        context.onProgress(index + 1, request.files.length)
      }
      return { candidates: run.candidates, coverage: run.coverage, notices: run.notices, invalid: 0 }
    },
  }
}
