import { createHash } from 'node:crypto'
import type { Finding } from '@ai-review/protocol/finding'
import type { Done } from '@ai-review/protocol/review'
import type { DiffLine, FileDiff } from '../../../src/diff/file-diff.ts'
import type { EarlierRecord } from '../../../src/review/earlier-finding.ts'
import { judge } from '../../../src/review/judge.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { defaultPolicy } from '../../../src/review/policy.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'

export const headSha = 'a'.repeat(40)

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A new file whose lines are all added, starting at line 1. */
export function aFile(overrides: Partial<FileDiff> & { readonly lines?: readonly string[] } = {}): FileDiff {
  const { lines = ['const a = 1', 'const b = 2', 'const c = 3'], ...rest } = overrides
  const added: DiffLine[] = lines.map((text, index) => ({ kind: 'added', text, newLine: index + 1 }))
  const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: added.length, section: '', lines: added }
  return {
    path: 'src/app.ts',
    status: 'added',
    oldMode: null,
    newMode: '100644',
    binary: false,
    hunks: added.length === 0 ? [] : [hunk],
    additions: added.length,
    deletions: 0,
    noNewlineOld: false,
    noNewlineNew: false,
    ...rest,
  }
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  const base: Omit<Finding, 'identity'> = {
    path: 'src/app.ts',
    side: 'RIGHT',
    line: 2,
    category: 'bug',
    severity: 'high',
    confidence: 0.9,
    title: 'The sum is never used',
    body: 'Nothing reads it.',
    evidence: [],
    reviewer: 'model',
    seal: sha256('seal'),
    ...overrides,
  }
  return {
    identity: sha256(`${base.path} ${base.category} ${base.line} ${base.title}`),
    ...base,
    ...overrides,
  }
}

export function aDone(overrides: Partial<Done> = {}): Done {
  return {
    complete: true,
    coverage: [{ path: 'src/app.ts', hunks: 1, reviewedHunks: 1 }],
    discarded: { disproved: 1, duplicate: 2, invalid: 0 },
    usage: {
      promptTokens: 1200,
      completionTokens: 80,
      modelCalls: 2,
      cachedBatches: 0,
      batches: 1,
      engineMs: 900,
      totalMs: 1000,
    },
    provenance: {
      serverVersion: '0.1.0',
      model: 'tiny-7b',
      modelHash: sha256('model'),
      adapter: null,
      promptVersion: '1',
      promptHash: sha256('prompt'),
      policyHash: sha256('policy'),
      reviewers: ['patterns', 'secrets', 'model'],
    },
    notices: [],
    summarySeal: sha256('summary'),
    ...overrides,
  }
}

type Place = Partial<NonNullable<EarlierRecord['thread']>>

/** A finding of an earlier run, open in a thread of ours unless told. */
export function anEarlier(
  overrides: Partial<Omit<EarlierRecord, 'thread'>> & { readonly thread?: Place | null } = {},
): EarlierRecord {
  const { thread = {}, ...rest } = overrides
  const place = { id: 'thread', commentId: 1, path: 'src/app.ts', line: 2, isResolved: false }
  return {
    identity: sha256(JSON.stringify(overrides)),
    category: 'bug',
    state: 'settled',
    standing: 'open',
    step: 'none',
    thread: thread === null ? null : { ...place, ...thread },
    ...rest,
  }
}

/** A finished run over one file; findings are judged by the default policy unless `judged` is given. */
export function aSummary(
  overrides: Partial<ReviewSummary> & { readonly findings?: readonly Finding[] } = {},
): ReviewSummary {
  const { findings = [aFinding()], ...rest } = overrides
  const selection = rest.selection ?? { selected: [aFile()], skipped: [] }
  const policy = rest.policy ?? parsePolicy(null, '.github/ai-review.yml')
  return {
    headSha,
    policy,
    selection,
    judged: judge(findings, {
      files: selection.selected,
      earlier: [],
      policy: policy.policy ?? defaultPolicy,
    }),
    answer: { accepted: { id: 'r1', queue: 0, effort: 'standard', trusted: [] }, done: aDone() },
    earlier: [],
    pageUrl: 'https://github.com/acme/shop/pull/12',
    skippedGuidelines: [],
    notices: [],
    totalMs: 2345,
    ...rest,
  }
}
