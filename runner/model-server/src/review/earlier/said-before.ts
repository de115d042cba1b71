import { type Category, type Severity, severities } from '@ai-review/protocol/finding'
import type { Mark } from '@ai-review/protocol/seal'

/** By what a flagged text is known again: its hash, its number of lines, and the category it was flagged in. */
export interface FlaggedText {
  readonly category: Category
  readonly flagged: string
  readonly lines: readonly number[]
}

/** One finding said before. `flaggedText` is null where its marks bear nothing but its identity. */
export interface SaidBefore {
  readonly identity: string
  readonly severity?: Severity
  readonly declined: boolean
  readonly flaggedText: FlaggedText | null
  /** Said in the style of a person only: what others do not find again is not thereby fixed. */
  readonly isVoiced: boolean
}

function flaggedTextOf(marks: readonly Mark[]): FlaggedText | null {
  // An identity holds category and text, so marks that share one differ in their number of lines at most.
  const [first] = marks.filter(({ category, flagged }) => category !== undefined && flagged !== undefined)
  if (first?.category === undefined || first.flagged === undefined) return null
  const lines = marks.map((mark) => mark.lines).filter((count) => count !== undefined)
  return { category: first.category, flagged: first.flagged, lines: [...new Set(lines)] }
}

/** What believed marks tell, one entry for each identity in order of its first mark. Summaries say no finding. */
export function saidBefore(believed: readonly Mark[]): SaidBefore[] {
  const ofFindings = believed.filter(({ kind }) => kind !== 'summary')
  return [...Map.groupBy(ofFindings, ({ identity }) => identity)].map(([identity, marks]) => {
    const raised = marks.filter(({ kind }) => kind === 'finding')
    const severity = severities.find((one) => marks.some((mark) => mark.severity === one))
    return {
      identity,
      ...(severity === undefined ? {} : { severity }),
      declined: marks.some(({ kind }) => kind === 'declined'),
      flaggedText: flaggedTextOf(marks),
      isVoiced: raised.length > 0 && raised.every(({ voice }) => voice === 'persona'),
    }
  })
}
