import type { FileToReview } from '@ai-review/protocol/change'
import type { Severity } from '@ai-review/protocol/finding'
import type { Candidate, Reviewer } from '../../reviewer.ts'
import { addedLines } from '../added-lines.ts'
import { reviewFiles } from '../review-files.ts'
import { findConflicts } from './conflict-markers.ts'
import { findHidden, type HiddenCharacter, type HiddenKind } from './hidden-characters.ts'
import { findLookalikes } from './lookalikes.ts'

interface Wording {
  readonly title: string
  readonly severity: Severity
  readonly confidence: number
  readonly why: string
}

/** Most dangerous first: a line with several kinds is reported as the first. */
const wordings: Readonly<Record<HiddenKind, Wording>> = {
  reordering: {
    title: 'Hidden characters change the order in which this line is read',
    severity: 'critical',
    confidence: 0.95,
    why: 'What a person sees here is not what the computer reads: code can pose as a comment, and the other way round.',
  },
  smuggled: {
    title: 'Hidden characters carry text that nobody sees',
    severity: 'high',
    confidence: 0.95,
    why: 'Such characters can carry whole sentences to a program, or to a model that reads the code.',
  },
  lookalike: {
    title: 'A name holds a letter of another alphabet that looks the same',
    severity: 'high',
    confidence: 0.85,
    why: 'The name is not the one it seems to be, so it can stand beside its twin and mean something else.',
  },
  invisible: {
    title: 'Hidden characters make texts differ that look the same',
    severity: 'medium',
    confidence: 0.85,
    why: 'Names, keys and comparisons with them fail although they look right.',
  },
  control: {
    title: 'Hidden control characters',
    severity: 'medium',
    confidence: 0.8,
    why: 'A terminal or an editor may act on them instead of showing them, and hide part of the line.',
  },
}
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
