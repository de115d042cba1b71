import type { FileToReview } from '@ai-review/protocol/change'
import type { Severity } from '@ai-review/protocol/finding'
import type { Candidate, Reviewer } from '../../reviewer.ts'
import { addedLines } from '../added-lines.ts'
import { reviewFiles } from '../review-files.ts'
import { assignsSecret } from './assignments.ts'
import { libraryKinds } from './library-kinds.ts'
import { isMadeUp, isPlaceholder } from './placeholder.ts'
import { findPrivateKeys } from './private-keys.ts'
import { scanWithLibrary } from './scan-library.ts'
import { shapes } from './shapes.ts'

/** What was found on a line. It never holds the value. */
interface Hit {
  readonly line: number
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly confidence: number
}

/** Longest part of a line that is searched at once; longer lines are searched in overlapping parts. */
const partMax = 8000
const overlap = 600

/** Values in such files are mostly made up. */
const trialFile =
  /(^|\/)(tests?|__tests__|spec|fixtures?|testdata|examples?|samples?|mocks?|docs?)\/|[._-](test|spec)\.\w+$|_test\.\w+$|(^|\/)test_[^/]*$|\.(md|rst|adoc)$/i

function partsOf(line: string): readonly string[] {
  if (line.length <= partMax) return [line]
  const count = Math.ceil((line.length - overlap) / (partMax - overlap))
  return Array.from({ length: count }, (_, index) => {
    const at = index * (partMax - overlap)
    return line.slice(at, at + partMax)
  })
}

/** A value of its own within a shape may be a password, and then a plain word shows that it is none. */
function isFalseHit(value: string | undefined, whole: string): boolean {
  return value === undefined ? isMadeUp(whole) : isPlaceholder(value)
}

function shapeHits(line: number, text: string): readonly Hit[] {
  return shapes
    .filter(({ pattern }) =>
      partsOf(text).some((part) =>
        [...part.matchAll(pattern)].some((match) => !isFalseHit(match[1], match[0])),
      ),
    )
    .map(({ id, kind, severity, confidence }) => ({ line, id, kind, severity, confidence }))
}

function assignmentHits(path: string, line: number, text: string): readonly Hit[] {
  if (!partsOf(text).some((part) => assignsSecret(path, part))) return []
  const id = 'secret-assignment'
  return [{ line, id, kind: 'A password or key', severity: 'high', confidence: 0.65 }]
}

async function libraryHits(lines: readonly (readonly [number, string])[]): Promise<readonly Hit[]> {
  const hits = await scanWithLibrary(lines.map(([, text]) => text).join('\n'))
  return hits.flatMap(({ line, rule }) => {
    const number = lines[line - 1]?.[0]
    const kind = libraryKinds[rule] ?? 'A credential'
    const found = { id: `secret-${rule}`, kind, severity: 'critical', confidence: 0.9 } as const
    return number === undefined ? [] : [{ line: number, ...found }]
  })
}

function toCandidate(path: string, hit: Hit): Candidate {
  const isTrial = trialFile.test(path)
  return {
    path,
    side: 'RIGHT',
    line: hit.line,
    category: 'security',
    severity: isTrial ? 'high' : hit.severity,
    confidence: isTrial ? Math.round(hit.confidence * 60) / 100 : hit.confidence,
    title: `${hit.kind} is in the source`,
    body: 'Everyone who can read the repository, or its history, can use it. Revoke it where it was issued, and read the new one from the environment or a secret store.',
    evidence: [{ kind: 'rule', reference: hit.id }],
    reviewer: 'secrets',
  }
}

/** One finding for a line: the surest, and of equally sure ones the first. */
function surestByLine(hits: readonly Hit[]): readonly Hit[] {
  const byLine = new Map<number, Hit>()
  for (const hit of hits) {
    const known = byLine.get(hit.line)
    if (known === undefined || hit.confidence > known.confidence) byLine.set(hit.line, hit)
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line)
}

async function reviewFile(file: FileToReview, disabled: ReadonlySet<string>): Promise<readonly Candidate[]> {
  const added = addedLines(file)
  const lines = [...added]
  const keyKind = {
    id: 'secret-privatekey',
    kind: 'A private key',
    severity: 'critical',
    confidence: 0.95,
  } as const
  const hits = [
    ...(await libraryHits(lines)),
    ...findPrivateKeys(added).map((line) => ({ line, ...keyKind })),
    ...lines.flatMap(([line, text]) => shapeHits(line, text)),
    ...lines.flatMap(([line, text]) => assignmentHits(file.path, line, text)),
  ].filter(({ id }) => !disabled.has(id))
  return surestByLine(hits).map((hit) => toCandidate(file.path, hit))
}

/** The reviewer that finds credentials on added lines. A finding tells the kind and the line, never the value. */
export function createSecretsReviewer(): Reviewer {
  return {
    name: 'secrets',
    review: (request, context) => {
      const disabled = new Set(request.disabledRules)
      return reviewFiles(request, context, (file) => reviewFile(file, disabled))
    },
  }
}
