import type { FileToReview } from '@ai-review/protocol/change'
import type { Candidate, Reviewer } from '../../reviewer.ts'
import { addedLines } from '../added-lines.ts'
import { reviewFiles } from '../review-files.ts'
import { findConflicts } from './conflict-markers.ts'
import { findHidden, type HiddenCharacter, type HiddenKind } from './hidden-characters.ts'
import { findLookalikes } from './lookalikes.ts'
import { wordings } from './wordings.ts'

const kinds = Object.keys(wordings) as HiddenKind[]

/** So many characters of a line are listed in the finding. */
const listedMax = 8

function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

function listOf(hidden: readonly HiddenCharacter[]): string {
  const listed = hidden
    .slice(0, listedMax)
    .map(({ codePoint, column }) => `⟦${nameOf(codePoint)}⟧ at column ${column}`)
  const more = hidden.length - listed.length
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

type Place = Pick<Candidate, 'path' | 'line'>

function hiddenFinding(place: Place, hidden: readonly HiddenCharacter[]): Candidate | null {
  const kind = kinds.find((one) => hidden.some((character) => character.kind === one))
  if (kind === undefined) return null
  const { title, severity, confidence, why } = wordings[kind]
  return {
    ...place,
    side: 'RIGHT',
    category: 'security',
    severity,
    confidence,
    title,
    body: `${listOf(hidden)}. ${why} Remove them, or write them as escapes.`,
    evidence: [{ kind: 'rule', reference: `text-${kind}` }],
    reviewer: 'text',
  }
}

function conflictFinding(place: Place): Candidate {
  return {
    ...place,
    side: 'RIGHT',
    category: 'bug',
    severity: 'critical',
    confidence: 0.95,
    title: 'A merge conflict was committed',
    body: 'The markers of an unresolved conflict are in the file. Choose what should stand here and remove the markers.',
    evidence: [{ kind: 'rule', reference: 'text-conflict' }],
    reviewer: 'text',
  }
}

function reviewFile(file: FileToReview): readonly Candidate[] {
  const { path } = file
  const added = addedLines(file)
  const hidden = [...added].map(([line, text]) =>
    hiddenFinding({ path, line }, [...findHidden(text, line === 1), ...findLookalikes(text)]),
  )
  const conflicts = findConflicts(path, added).map((line) => conflictFinding({ path, line }))
  return [...hidden.filter((one) => one !== null), ...conflicts]
}

/** The reviewer for what a person cannot see in a diff: hidden characters, lookalike letters, leftover conflict markers. */
export function createTextReviewer(): Reviewer {
  return {
    name: 'text',
    review: (request, context) => reviewFiles(request, context, async (file) => reviewFile(file)),
  }
}
