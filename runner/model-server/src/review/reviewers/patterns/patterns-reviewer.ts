import type { FileToReview } from '@ai-review/protocol/change'
import type { FileCoverage, Notice, NotReachedReason, ReviewRequest } from '@ai-review/protocol/review'
import { orCut } from '../../deadline.ts'
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
import { type SourceText, textsOf } from './texts-of.ts'
import { toCandidate } from './to-candidate.ts'

/** Largest text that is scanned, in UTF-16 units. */
const scannedTextMax = 1_000_000

/** A change that stalls the scanner this often is not scanned further: it would hold up all others. */
const stallsMax = 3

const defaultStallMs = 8000

/** What the rules said about one file. */
interface FileReview {
  readonly candidates: readonly Candidate[]
  readonly reason: NotReachedReason | null
  readonly stalled: boolean
  readonly ownTooSlow: boolean
}

const nothingToSay: FileReview = { candidates: [], reason: null, stalled: false, ownTooSlow: false }

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

function isRefusedSize(source: SourceText): boolean {
  return source.text.length > scannedTextMax
}

async function reviewFile(
  scanner: Scanner,
  file: FileToReview,
  all: readonly SourcedRule[],
): Promise<FileReview> {
  const language = languageOf(file.path)
  if (language === null) return nothingToSay
  const rules = all.filter(({ rule }) => appliesTo(rule, { path: file.path, language }))
  const sources = rules.length === 0 ? [] : textsOf(file)
  if (sources.some(isRefusedSize)) return { ...nothingToSay, reason: 'too-large' }
  let review = nothingToSay
  for (const source of sources) {
    const { matches, ...scan } = await scanSource(scanner, { language, source, rules })
    const ownTooSlow = review.ownTooSlow || scan.ownTooSlow
    review = {
      ...scan,
      ownTooSlow,
      candidates: [...review.candidates, ...candidatesOf(file, matches, rules)],
    }
    if (review.reason !== null) break
  }
  return review
}

/** Adds up the reviews of the files of one change and decides what may still be scanned. */
class Tally {
  readonly candidates: Candidate[] = []
  readonly coverage: FileCoverage[] = []
  readonly notices: Notice[] = []
  rules: readonly SourcedRule[]
  private stalls = 0
  private slowRules = 0

  constructor(rules: readonly SourcedRule[]) {
    this.rules = rules
  }

  get isHeldUp(): boolean {
    return this.stalls >= stallsMax
  }

  add(file: FileToReview, review: FileReview): void {
    this.candidates.push(...review.candidates)
    if (review.reason !== null) this.coverage.push(notRead(file, review.reason))
    if (review.stalled) this.stalls += 1
    if (!review.ownTooSlow) return
    this.slowRules += 1
    this.notices.push(
      ruleNotice(file.path, "The repository's rules took too long on this file and were left out."),
    )
    if (this.slowRules < stallsMax) return
    this.rules = this.rules.filter(({ path }) => path === null)
    this.notices.push(
      ruleNotice(file.path, "From this file on the repository's rules were left out: they are too slow."),
    )
  }
}

/** The review of a file, or why it was given up: a scan that is under way does not hold up the answer. */
async function reviewInTime(
  work: Promise<FileReview>,
  context: ReviewerContext,
): Promise<FileReview | NotReachedReason> {
  const review = await orCut(work, { signal: context.signal, graceMs: 0, cut: null })
  return review ?? stopReason(context) ?? 'deadline'
}

function refusals(own: readonly SourcedRule[], refused: ReadonlySet<string>): Notice[] {
  return own
    .filter(({ rule }) => refused.has(rule.id))
    .map(({ rule, path }) => {
      const hint = 'check its kinds and patterns for each of its languages.'
      return ruleNotice(path ?? '', `ast-grep refuses the rule \`${rule.id}\`: ${hint}`)
    })
}

interface PatternsOptions {
  readonly shipped?: readonly PatternRule[]
  /** Milliseconds after which a scan of one text is given up. */
  readonly stallMs?: number
}

/** The reviewer that runs ast-grep rules, shipped ones and the repository's own, over the changed files. */
export function createPatternsReviewer(options: PatternsOptions = {}): Reviewer {
  const shipped = options.shipped ?? loadShippedRules()
  const shared = createScanner({
    shipped: shipped.map(toScanRule),
    stallMs: options.stallMs ?? defaultStallMs,
  })
  return {
    name: 'patterns',
    async review(request: ReviewRequest, context: ReviewerContext): Promise<ReviewerResult> {
      const scanner = shared.forReview()
      const set = assembleRules(shipped, request)
      const own = set.rules.filter(({ path }) => path !== null)
      const refused = await findRefused(scanner, own)
      const tally = new Tally(set.rules.filter(({ rule, path }) => path === null || !refused.has(rule.id)))
      for (const [index, file] of request.files.entries()) {
        const reason = stopReason(context) ?? (tally.isHeldUp ? 'too-large' : null)
        const review = reason ?? (await reviewInTime(reviewFile(scanner, file, tally.rules), context))
        if (typeof review === 'string') tally.coverage.push(notRead(file, review))
        else tally.add(file, review)
        context.onProgress(index + 1, request.files.length)
      }
      return {
        candidates: tally.candidates,
        coverage: tally.coverage,
        notices: [...set.notices, ...refusals(own, refused), ...tally.notices],
        invalid: 0,
      }
    },
  }
}
