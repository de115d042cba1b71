import type { FeedbackRequest } from '@ai-review/protocol/feedback'
import type {
  Consent,
  Forgotten,
  PersonaStatus,
  SamplesChunk,
  SamplesChunkInput,
  TrainingStatus,
} from '@ai-review/protocol/persona'
import type { ReplyRequestInput, ReplyResult } from '@ai-review/protocol/reply'
import type { Progress, ReviewRequestInput, ReviewResult } from '@ai-review/protocol/review'
import type { Ledger, Mark } from '@ai-review/protocol/seal'
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
  /** Its page; '' where it has none. */
  readonly url: string
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
  /**
   * Texts by blob, in as few requests as the host allows: null for one that is larger than `maxBytes`, or is not UTF-8
   * text. Where the host takes no batches, at most `mostAlone` are asked for; those beyond are absent.
   */
  blobTexts(
    blobs: readonly string[],
    maxBytes: number,
    mostAlone?: number,
  ): Promise<ReadonlyMap<string, string | null>>
  /** Text of a file at a commit under the same conditions, or null where it is absent. */
  fileText(sha: string, path: string, maxBytes: number): Promise<string | null>
}

/** Who said or did something. `id` is the host's number for the account, as a login can pass to another; null for one that is gone. */
export interface Person {
  readonly id: number | null
  readonly login: string
  readonly isBot: boolean
}

/** True for an account that no person speaks by. `kind` is the host's word for it: whatever is no `User` counts as a bot. */
export function isBotAccount({ kind, login }: { readonly kind: unknown; readonly login: string }): boolean {
  return kind !== 'User' || login.endsWith('[bot]')
}

/** A conversation on lines of the diff whose first comment carries a mark of ours (believed only once the server says so). */
export interface EarlierThread {
  /** Names the thread to `settleThread`; null where the host could not be asked for threads, only for comments. */
  readonly id: string | null
  /** Number of its first comment, as it stands in the address `#discussion_r…`. */
  readonly commentId: number
  readonly path: string
  /** Where it stands in the diff of now; null once its lines are gone. */
  readonly line: number | null
  /** Marks of its first comment. */
  readonly marks: readonly Mark[]
  /** True where this run's own account wrote the first comment. */
  readonly isOurs: boolean
  readonly isResolved: boolean
  /** Null where it is open, or nobody knows. */
  readonly resolvedBy: (Person & { readonly isUs: boolean }) | null
  /** True where a person, not a bot, has said something in it. */
  readonly hasHumanReply: boolean
  /** False where the host says that this token may not. */
  readonly canSettle: boolean
  /** Thumbs on its first comment; absent where there are none, or nobody could be asked. */
  readonly thumbs?: { readonly up: number; readonly down: number }
}

/** What stands on a pull request from earlier runs; none of it believed yet. */
export interface Earlier {
  readonly threads: readonly EarlierThread[]
  /** Every mark, those of the threads and of their replies included, oldest first. */
  readonly marks: readonly Mark[]
  /** Oldest first. */
  readonly ledgers: readonly Ledger[]
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
  /** The body where the host places some of the comments not: it tells them as well. Absent: `body` all the same. */
  readonly bodyWithout?: (refused: readonly LineComment[]) => string
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
  /** Below the summary; carries the ledger of the run, hidden. */
  readonly text?: string
}

/** Writes to a pull request. A write that the token may not make throws a ReviewError `missing-permission`. */
export interface Publisher {
  /** `before` is the head that the pull request had before, where the event tells: its check may carry a ledger. */
  earlier(pullRequest: PullRequest, before?: string): Promise<Earlier>
  /** Head of the pull request now: compared before posting. */
  currentHead(pullRequest: PullRequest): Promise<string>
  startCheck(pullRequest: PullRequest): Promise<CheckHandle>
  postReview(pullRequest: PullRequest, review: ReviewToPost): Promise<PostedReview>
  /** Marks a thread as resolved, or as open again. */
  settleThread(threadId: string, to: 'resolved' | 'open'): Promise<void>
}

/** Whose persona, in which repository. */
export interface PersonaName {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
  readonly person: { readonly id: number; readonly login: string }
}

/** Part of a person's history in the order in which it is read; `cursor` is where reading goes on after it. */
export type HistoryPiece = Pick<
  Required<SamplesChunk>,
  'cursor' | 'done' | 'comments' | 'silences' | 'colleagues' | 'replies'
> & {
  /** Requests made to the host so far, and pull requests met, in this reading alone. */
  readonly requests: number
  readonly pullRequests: number
}

/** What a person has said in reviews of this repository. */
export interface ReviewerHistory {
  /** The account with this login; null where there is none, or it is a bot. */
  account(login: string): Promise<{ readonly id: number; readonly login: string } | null>
  /**
   * The newest commit of the base branch, authored by this account and verified by the host, that put the person into the
   * policy file; null where there is none. `lists` tells whether a text of the policy names the person.
   */
  ownCommit(
    person: { readonly id: number; readonly login: string },
    policy: { readonly path: string; readonly ref: string; readonly lists: (text: string) => boolean },
  ): Promise<Consent | null>
  /**
   * Reads the history from `cursor` ('' for the newest comment), newest first, in pieces within the wire's limits. May be
   * left at any piece and taken up again from its cursor. Waits where the host says so; ends with a ReviewError.
   */
  read(
    person: { readonly id: number; readonly login: string },
    cursor: string,
  ): AsyncGenerator<HistoryPiece, void, undefined>
}

/** A persona by its names; numbers where they are known, as an account or a repository may be gone. */
export interface NamedPersona {
  readonly repository: { readonly owner: string; readonly name: string; readonly id?: number }
  readonly person: { readonly login: string; readonly id?: number }
}

/** The model server, as the keeper of personas. Everything that fails is a ReviewError. */
export interface PersonaServer {
  /** A persona by these names of another account or repository is told as one that is not there. */
  status(persona: NamedPersona): Promise<PersonaStatus>
  agree(persona: PersonaName, consent: Consent): Promise<PersonaStatus>
  upload(
    persona: PersonaName,
    chunk: Omit<SamplesChunkInput, 'repository' | 'person'>,
  ): Promise<PersonaStatus>
  train(
    persona: PersonaName,
    options: { readonly force: boolean; readonly refresh?: 'never' | 'weekly' },
  ): Promise<TrainingStatus>
  /** Tells how the training stands until it has ended or `signal` fires; answers with the last that was told. */
  watchTraining(
    persona: PersonaName,
    options: { readonly signal: AbortSignal; readonly onStatus: (status: TrainingStatus) => void },
  ): Promise<TrainingStatus | null>
  /**
   * Without numbers, whatever the names stood for. `at`: when it was asked for, by the host's clock, which dates consents
   * too (ISO 8601).
   */
  forget(persona: NamedPersona & { readonly at?: string }): Promise<Forgotten>
  feedback(request: FeedbackRequest): Promise<void>
}

/** What a person may do in a repository, least first. */
export const repositoryRoles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const
export type RepositoryRole = (typeof repositoryRoles)[number]

/** A comment in the conversation of a pull request (`issue`), or in a thread on its diff (`review`). */
export interface CommentName {
  readonly kind: 'issue' | 'review'
  readonly id: number
}

/** One comment of a thread as it stands there now. */
export interface ThreadComment {
  readonly id: number
  readonly author: Person & { readonly isUs: boolean }
  readonly body: string
}

/** A thread on the diff with all that was said in it, oldest first. */
export interface Thread {
  /** Names the thread to `settleThread`; null where the host could not be asked for threads. */
  readonly id: string | null
  readonly path: string
  /** The piece of the diff that it stands on, as the host shows it. */
  readonly hunk: string
  readonly isResolved: boolean
  readonly comments: readonly [ThreadComment, ...ThreadComment[]]
}

/** Talks to people on a pull request. */
export interface Conversation {
  /** Adds the reaction to a comment; adding it twice leaves one. */
  react(comment: CommentName, reaction: 'eyes' | '+1' | 'confused'): Promise<void>
  /** What the account with this number may do. An account that goes by the login but is another one has the role `none`. */
  roleOf(person: Person): Promise<RepositoryRole>
  /** Says something in the conversation. What already stands there with the mark `once` in it is not said again. */
  say(pullRequest: number, remark: { readonly body: string; readonly once: string }): Promise<void>
  /** The thread that holds this comment; null where there is none. */
  thread(pullRequest: number, commentId: number): Promise<Thread | null>
  /** Answers in the thread of the first comment `root`, under the same condition as `say`. */
  replyInThread(
    pullRequest: number,
    remark: { readonly root: number; readonly body: string; readonly once: string },
  ): Promise<void>
}

/** Tells people how something long stands, in one remark. */
export interface ProgressRemark {
  /** Says something in the conversation, or puts it in the place of what stands there with the mark `once`. */
  sayLatest(pullRequest: number, remark: { readonly body: string; readonly once: string }): Promise<void>
}

export interface CheckHandle {
  readonly url: string
  /**
   * Waits until no other run is posting on the same head. Answers whether another one has been at work on it meanwhile:
   * then what it said has to be read before anything is posted.
   */
  takeTurn(): Promise<{ readonly alone: boolean }>
  complete(report: CheckReport): Promise<void>
}

/** The model server, as the use case sees it. */
export interface ModelServer {
  review(
    request: ReviewRequestInput,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
  ): Promise<ReviewResult>
}

/** The model server, as one who talks with people about its findings. */
export interface ReplyServer {
  /** An answer in a thread, or the mark of a declined finding. */
  reply(request: ReplyRequestInput, options: { readonly signal: AbortSignal }): Promise<ReplyResult>
}

/** Our own sentences and numbers only: the runner's log is an interpreter. */
export interface Log {
  info(message: string): void
  warning(message: string): void
}
