import { z } from 'zod'
import { isBotAccount } from '../../roles.ts'
import { Sha } from '../client/github-objects.ts'

const Side = z.enum(['LEFT', 'RIGHT'])
// What a comment is kept without is read leniently: one odd field must not cost the comment.
const LineNumber = z.int().min(1).nullish().catch(null)
/** Accounts of people that machines write under. */
const machineLogin = /[-_]bot$|^bot[-_]/i

/** A row of `GET /repos/{owner}/{repo}/pulls/comments`, as far as it is used. */
const Row = z.object({
  id: z.int().min(1),
  node_id: z.string().max(200),
  // Null once the account is gone.
  user: z.object({ id: z.int(), login: z.string().max(100), type: z.string() }).nullable(),
  body: z.string(),
  path: z.string().min(1).max(4096),
  diff_hunk: z.string().catch(''),
  original_commit_id: Sha,
  original_line: LineNumber,
  original_start_line: LineNumber,
  side: Side.nullish().catch(null),
  start_side: Side.nullish().catch(null),
  subject_type: z.string().nullish().catch(null),
  in_reply_to_id: z.int().nullish(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  pull_request_url: z.string().regex(/\/pulls\/[1-9]\d{0,8}$/),
  reactions: z
    .object({ '+1': z.int().min(0), '-1': z.int().min(0) })
    .nullish()
    .catch(null),
})

/** A review comment of the repository. */
export interface ListedComment {
  readonly id: number
  readonly nodeId: string
  readonly pullRequest: number
  readonly author: { readonly id: number; readonly login: string; readonly isPerson: boolean } | null
  readonly body: string
  readonly path: string
  readonly hunk: string
  readonly commit: string
  readonly line: number | null
  readonly startLine: number | null
  readonly side: 'LEFT' | 'RIGHT'
  readonly isOnFile: boolean
  readonly repliesTo: number | null
  /** As GitHub writes it: `2026-01-31T12:00:00Z`, so that text order is order in time. */
  readonly at: string
  readonly isTouched: boolean
  readonly up: number
  readonly down: number
}

/** Rows of an answer; one that is no comment as GitHub describes it is left out. */
export function listedComments(answer: unknown): ListedComment[] {
  const rows = Array.isArray(answer) ? answer : []
  return rows.flatMap((row) => {
    const parsed = Row.safeParse(row)
    return parsed.success ? [fromRow(parsed.data)] : []
  })
}

function fromRow(row: z.infer<typeof Row>): ListedComment {
  const { user, side, start_side, original_start_line } = row
  const isOneSided = start_side === undefined || start_side === null || start_side === (side ?? 'RIGHT')
  return {
    id: row.id,
    nodeId: row.node_id,
    pullRequest: Number(row.pull_request_url.slice(row.pull_request_url.lastIndexOf('/') + 1)),
    author: user === null ? null : { id: user.id, login: user.login, isPerson: isPerson(user) },
    body: row.body,
    path: row.path,
    hunk: row.diff_hunk,
    commit: row.original_commit_id,
    line: row.original_line ?? null,
    startLine: isOneSided ? (original_start_line ?? null) : null,
    side: side ?? 'RIGHT',
    isOnFile: row.subject_type === 'file',
    repliesTo: row.in_reply_to_id ?? null,
    at: row.created_at,
    isTouched: row.updated_at !== row.created_at,
    up: row.reactions?.['+1'] ?? 0,
    down: row.reactions?.['-1'] ?? 0,
  }
}

function isPerson({ login, type }: { readonly login: string; readonly type: string }): boolean {
  return !isBotAccount({ kind: type, login }) && !machineLogin.test(login)
}
