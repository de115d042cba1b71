import { conclude } from './conclude.ts'
import { unreviewedFiles } from './coverage.ts'
import type { ReviewSummary } from './review-summary.ts'
import { visibleText } from './visible-text.ts'
import { styleNote } from './voice-line.ts'

export type FindingsFile = ReturnType<typeof findingsFileOf>

/** Text of `findings.json`. */
export function renderFindingsFile(summary: ReviewSummary): string {
  return `${JSON.stringify(findingsFileOf(summary), null, 2)}\n`
}

/** Every finding with its verdict, every earlier one with its standing, and every file with its state, for other programs to read: texts are made visible. */
export function findingsFileOf(summary: ReviewSummary) {
  const { headSha, policy, selection, judged, earlier, answer, failure, notices, totalMs } = summary
  const missing = unreviewedFiles(summary)
  const missingPaths = new Set(missing.map(({ path }) => path))
  return {
    version: 1,
    head: headSha,
    conclusion: conclude(summary),
    ...(failure === undefined
      ? {}
      : { failure: { code: failure.code, message: failure.message, hint: failure.hint } }),
    findings: judged.map(({ finding: { seal: _seal, ...finding }, verdict, reason }) => ({
      ...finding,
      ...(finding.voice === undefined ? {} : { style: styleNote(finding, summary) }),
      title: visibleText(finding.title),
      body: visibleText(finding.body),
      ...(finding.suggestion === undefined ? {} : { suggestion: visibleText(finding.suggestion) }),
      evidence: finding.evidence.map((one) => ({ ...one, reference: visibleText(one.reference) })),
      verdict,
      reason,
    })),
    earlier: earlier.map(({ identity, severity, category, standing, step, thread }) => ({
      identity,
      severity: severity ?? null,
      category: category ?? null,
      standing,
      step,
      thread: thread && { path: thread.path, line: thread.line, commentId: thread.commentId },
    })),
    files: {
      reviewed: selection.selected.map(({ path }) => path).filter((path) => !missingPaths.has(path)),
      notReviewed: missing,
      skipped: selection.skipped,
    },
    policy: { hash: policy.hash, problems: policy.problems },
    notices: [...notices, ...(answer?.done.notices ?? [])],
    discarded: answer?.done.discarded ?? null,
    effort: answer?.accepted.effort ?? null,
    usage: answer?.done.usage ?? null,
    provenance: answer?.done.provenance ?? null,
    ...(answer?.done.persona === undefined ? {} : { persona: answer.done.persona }),
    totalMs,
  }
}
