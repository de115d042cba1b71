import { findingLimits } from '@ai-review/protocol/finding'
import type { Admitted } from './admit.ts'
import { type Moved, movedKey } from './earlier/moved-findings.ts'
import { flaggedOf, identityOf, plainText } from './identity.ts'
import type { RankedFinding } from './pipeline-contract.ts'
import { worthOf } from './worth.ts'

/** Room for the sentence about further lines at the end of a body. */
const furtherLinesShown = 10

function byValue(a: RankedFinding, b: RankedFinding): number {
  return (
    worthOf(b) - worthOf(a) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    a.line - b.line ||
    (a.category < b.category ? -1 : Number(a.category > b.category))
  )
}

/** What is found without a voice, too, needs none: it is then judged like all others when it is read again. */
function byVoiceAndValue(a: RankedFinding, b: RankedFinding): number {
  return Number(a.voice !== undefined) - Number(b.voice !== undefined) || byValue(a, b)
}

function findingOf({ candidate, lines }: Admitted, moved: Moved): RankedFinding {
  const { path, category } = candidate
  const text = plainText(lines.map((line) => line.text))
  const flagged = flaggedOf(text)
  return {
    ...candidate,
    evidence: candidate.evidence.slice(0, findingLimits.evidence),
    identity: moved.get(movedKey({ path, category, flagged })) ?? identityOf({ path, category, text }),
    flagged,
  }
}

/** Two reviewers that agree are surer than either alone. */
function agreed(findings: readonly RankedFinding[]): number {
  const best = new Map<string, number>()
  for (const { reviewer, confidence } of findings) {
    best.set(reviewer, Math.max(confidence, best.get(reviewer) ?? 0))
  }
  return 1 - [...best.values()].reduce((doubt, confidence) => doubt * (1 - confidence), 1)
}

function bodyWithFurtherLines(first: RankedFinding, others: readonly RankedFinding[]): string {
  const further = [...new Set(others.filter((one) => one.side === first.side).map((one) => one.line))]
    .filter((line) => line !== first.line)
    .sort((a, b) => a - b)
  if (further.length === 0) return first.body
  const shown = further.slice(0, furtherLinesShown).join(', ')
  const sentence = `The same text stands on ${further.length === 1 ? 'line' : 'lines'} ${shown}${
    further.length > furtherLinesShown ? ' and others' : ''
  }.`
  const body = first.body === '' ? sentence : `${first.body}\n\n${sentence}`
  return body.length <= findingLimits.body ? body : first.body
}

function merge(findings: readonly RankedFinding[]): RankedFinding[] {
  const [first, ...others] = findings.toSorted(byVoiceAndValue)
  if (first === undefined || others.length === 0) return first === undefined ? [] : [first]
  const evidence = new Map(
    [first, ...others]
      .flatMap((one) => one.evidence)
      .filter(({ kind }) => kind !== 'past-comment' || first.voice !== undefined)
      .map((one) => [`${one.kind}:${one.reference}`, one]),
  )
  return [
    {
      ...first,
      body: bodyWithFurtherLines(first, others),
      confidence: agreed([first, ...others]),
      evidence: [...evidence.values()].slice(0, findingLimits.evidence),
    },
  ]
}

/** Findings by the group they fall into, in order of arrival. */
function grouped(
  findings: readonly RankedFinding[],
  keyOf: (finding: RankedFinding) => string,
): readonly (readonly RankedFinding[])[] {
  return [...Map.groupBy(findings, keyOf).values()]
}

/**
 * Findings with their identity, most valuable first (severity times confidence). What is the same finding, or
 * stands on the same line in the same category, becomes one; how many went is `duplicate`. A finding in `moved` takes
 * the identity under which it was said at another path.
 */
export function rank(
  admitted: readonly Admitted[],
  moved: Moved = new Map(),
): {
  readonly findings: readonly RankedFinding[]
  readonly duplicate: number
} {
  const sameText = grouped(
    admitted.map((one) => findingOf(one, moved)),
    (one) => one.identity,
  ).flatMap(merge)
  const sameLine = grouped(sameText, ({ path, side, line, category }) =>
    JSON.stringify([path, side, line, category]),
  ).flatMap(merge)
  return { findings: sameLine.toSorted(byValue), duplicate: admitted.length - sameLine.length }
}
