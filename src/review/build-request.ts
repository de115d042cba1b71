import {
  type AskedPersona,
  type Effort,
  type RepositoryRule,
  type ReviewRequestInput,
  requestLimits,
} from '@ai-review/protocol/review'
import type { Ledger, Mark } from '@ai-review/protocol/seal'
import type { FileDiff } from '../diff/file-diff.ts'
import { hunkIdentity } from '../diff/hunk-identity.ts'
import type { ParsedPolicy } from './parse-policy.ts'
import { policyGuidelines, readGuideline } from './read-guideline.ts'
import { type Selection, type SkippedFile, skippedFile } from './select-files.ts'

export interface RequestParts {
  readonly pullRequest: {
    readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
    readonly number: number
    readonly head: { readonly sha: string }
    readonly base: { readonly sha: string }
  }
  readonly policy: ParsedPolicy
  readonly policyPath: string
  readonly selection: Selection
  /** Every file of the diff, reviewed or not. */
  readonly allFiles: readonly FileDiff[]
  /** Whole text after the change by path, where it could be read. */
  readonly headTexts: ReadonlyMap<string, string>
  /** Style files at the base commit by their path, as they were read. */
  readonly guidelines: readonly { readonly path: string; readonly text: string }[]
  readonly rules: readonly RepositoryRule[]
  /** What stands on the pull request from earlier runs; the server says what of it is believed. */
  readonly earlier: { readonly marks: readonly Mark[]; readonly ledgers: readonly Ledger[] }
  /** Milliseconds that are left for the server. */
  readonly deadlineMs: number
  /** What the person who runs the review asks for; wins over the policy. */
  readonly effort?: Effort
  /** Read everything again, settled or not. */
  readonly full?: boolean
  /** A person waits for this review. */
  readonly asked?: boolean
  /** In whose style. */
  readonly persona?: AskedPersona
}

/** `selection` is the one given, less the files that did not fit into the request. */
interface BuiltRequest {
  readonly request: ReviewRequestInput
  readonly selection: Selection
}

type FileToSend = ReviewRequestInput['files'][number]

const longestHeadText = 2_000_000
const longestSection = 500
const longestDeadlineMs = 6 * 3600 * 1000
// Room for everything in a request that is not a file.
const bytesForFiles = requestLimits.bytes - 12 * 1024 * 1024

function fileToSend(file: FileDiff): FileToSend {
  return {
    path: file.path,
    ...(file.previousPath === undefined ? {} : { previousPath: file.previousPath }),
    status: file.status,
    hunks: file.hunks.map((hunk) => ({
      ...hunk,
      section: hunk.section.slice(0, longestSection),
      identity: hunkIdentity(file.path, hunk),
      lines: [...hunk.lines],
    })),
  }
}

const longestPath = 4096
const lastLine = 10_000_000

/** True where the wire has room for the names and the line numbers: one file beyond it must not lose all others. */
function isSendable({ path, previousPath = path, hunks }: FileDiff): boolean {
  return (
    path.length <= longestPath &&
    previousPath.length <= longestPath &&
    hunks.every((hunk) => Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines) <= lastLine)
  )
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** Diffs first, whole texts while there is room: a diff without its text can still be reviewed. */
function fitFiles(files: readonly FileDiff[], headTexts: ReadonlyMap<string, string>) {
  const sent: FileToSend[] = []
  const kept: FileDiff[] = []
  const skipped: SkippedFile[] = []
  let room = bytesForFiles
  for (const file of files) {
    const candidate = fileToSend(file)
    const bytes = isSendable(file) ? bytesOf(candidate) : Number.POSITIVE_INFINITY
    if (bytes > room) skipped.push(skippedFile(file, 'request-too-large'))
    else {
      room -= bytes
      sent.push(candidate)
      kept.push(file)
    }
  }
  const withTexts = sent.map((file) => {
    const headText = headTexts.get(file.path)
    if (headText === undefined || headText.length > longestHeadText) return file
    const bytes = bytesOf(headText)
    if (bytes > room) return file
    room -= bytes
    return { ...file, headText }
  })
  return { sent: withTexts, kept, skipped }
}

/** Puts a review request together within the wire's limits; what did not fit is moved to the skipped files. */
export function buildRequest(parts: RequestParts): BuiltRequest {
  const { pullRequest, policy: parsed, selection } = parts
  const { policy } = parsed
  const { sent, kept, skipped } = fitFiles(selection.selected, parts.headTexts)
  const effort = parts.effort ?? policy.effort
  const ownGuidelines = policyGuidelines(
    policy,
    parts.policyPath,
    kept.map(({ path }) => path),
  )
  const { id, owner, name } = pullRequest.repository
  return {
    request: {
      repository: { id, owner, name },
      change: {
        number: pullRequest.number,
        headSha: pullRequest.head.sha,
        baseSha: pullRequest.base.sha,
      },
      policyHash: parsed.hash,
      ...(effort === undefined ? {} : { effort }),
      deadlineMs: Math.min(Math.max(1000, Math.round(parts.deadlineMs)), longestDeadlineMs),
      ...(policy.language === undefined ? {} : { language: policy.language }),
      disabledRules: [...policy.rules.disable],
      changedFiles: parts.allFiles
        .filter(({ path }) => path.length <= longestPath)
        .slice(0, requestLimits.files)
        .map(({ path, status, additions, deletions }) => ({ path, status, additions, deletions })),
      files: sent,
      guidelines: [...parts.guidelines.flatMap((file) => readGuideline(file) ?? []), ...ownGuidelines].slice(
        0,
        requestLimits.guidelines,
      ),
      rules: parts.rules.slice(0, requestLimits.rules),
      // The newest come last, and speak of the lines that are most likely to be read again.
      marks: parts.earlier.marks.slice(-requestLimits.marks),
      ledgers: parts.earlier.ledgers.slice(-requestLimits.ledgers),
      ...(parts.full === true ? { full: true } : {}),
      ...(parts.asked === true ? { asked: true } : {}),
      ...(parts.persona === undefined ? {} : { persona: parts.persona }),
    },
    selection: { selected: kept, skipped: [...selection.skipped, ...skipped] },
  }
}
