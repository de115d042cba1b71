import type { Progress, ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import type { Mark } from '@ai-review/protocol/seal'
import type { ParsedDiff } from './diff/file-diff.ts'

/** A pull request as it was when it was read; everything later is judged against `head.sha` of this moment. */
export interface PullRequest {
  readonly repository: {
    readonly id: number
    readonly owner: string
    readonly name: string
    readonly isPublic: boolean
  }
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed'
  readonly isDraft: boolean
  readonly isFork: boolean
  readonly base: { readonly sha: string; readonly ref: string }
  readonly head: { readonly sha: string; readonly ref: string }
  /** As the host counts them; the parsed diff must add up to it. */
  readonly changedFiles: number
}

/** An entry of the tree at a commit. Only `kind: 'file'` is ever read; symlinks and submodules are told apart by mode. */
export interface TreeEntry {
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule'
  /** Git's own, such as '100755'. */
  readonly mode: string
  readonly blob: string
  /** Bytes; absent where the host does not tell. */
  readonly size?: number
}

export interface LoadedDiff extends ParsedDiff {
  /** Where it came from: local git, the diff endpoint, or the listing of files. */
  readonly source: 'git' | 'api-diff' | 'api-files'
}

/** Reads a change. Implemented over GitHub (src/github) and over a local repository (src/cli). */
export interface ChangeSource {
  pullRequest(number: number): Promise<PullRequest>
  diff(pullRequest: PullRequest): Promise<LoadedDiff>
  /** The whole tree of a commit; `truncated` when the host cut it. */
  tree(sha: string): Promise<{ readonly entries: readonly TreeEntry[]; readonly truncated: boolean }>
  /** Text of a blob, or null when it is larger than `maxBytes`, or is not UTF-8 text. */
  blobText(blob: string, maxBytes: number): Promise<string | null>
  /** Text of a file at a commit under the same conditions, or null where it is absent. */
  fileText(sha: string, path: string, maxBytes: number): Promise<string | null>
}

/** A comment or review body on the pull request that carries one of our marks (trusted only once the server says so). */
export interface EarlierRemark {
  readonly mark: Mark
  readonly url: string
}

export interface LineComment {
  readonly path: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine?: number
  readonly line: number
  readonly body: string
}

export interface ReviewToPost {
  readonly head: string
  readonly body: string
  readonly comments: readonly LineComment[]
  /** Text found in the body of this review and of no other: how an unclear answer is looked up before writing again. */
  readonly runMark: string
}

/** `refused` are comments that the host would not place; they are told in the summary instead. */
export interface PostedReview {
  readonly url: string
  readonly refused: readonly LineComment[]
}

export type CheckConclusion = 'success' | 'neutral' | 'failure'

export interface CheckAnnotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

export interface CheckReport {
  readonly conclusion: CheckConclusion
  readonly title: string
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

/** Writes to a pull request. A write that the token may not make throws a ReviewError `missing-permission`. */
export interface Publisher {
  earlierRemarks(pullRequest: PullRequest): Promise<readonly EarlierRemark[]>
  /** Head of the pull request now: compared before posting. */
  currentHead(pullRequest: PullRequest): Promise<string>
  startCheck(pullRequest: PullRequest): Promise<CheckHandle>
  postReview(pullRequest: PullRequest, review: ReviewToPost): Promise<PostedReview>
}

export interface CheckHandle {
  readonly url: string
  complete(report: CheckReport): Promise<void>
}

/** The model server, as the use case sees it. */
export interface ModelServer {
  review(
    request: ReviewRequestInput,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
  ): Promise<ReviewResult>
}

/** Our own sentences and numbers only: the runner's log is an interpreter. */
export interface Log {
  info(message: string): void
  warning(message: string): void
}
