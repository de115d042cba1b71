import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { PastComment } from '@ai-review/protocol/persona'
import { parseDiff } from '../../src/diff/parse-diff.ts'

/** One person's comments, the later ones held out; no change has comments in both. */
export interface History {
  readonly name: string
  readonly repository: string
  readonly past: readonly PastComment[]
  readonly later: readonly PastComment[]
}

/** Lines of a change that somebody else commented, or nobody. */
interface ForeignPlace {
  readonly pullRequest: number
  readonly path: string
  readonly code: string
}

/** What others said and changed in the repository of a person. */
export interface Surroundings {
  readonly places: readonly ForeignPlace[]
  readonly remarks: readonly string[]
}

/** Lines that a place shows, as a review asks a memory with. */
const placeLines = 8
/** Places of one change: a large one must not speak for all. */
const placesOfChange = 6

interface CommentRow {
  readonly repo: string
  readonly pr: number
  readonly path: string
  readonly line: number
  readonly side: 'LEFT' | 'RIGHT'
  readonly hunk: string
  readonly body: string
  readonly created_at: string
  readonly addressed: boolean | null
}

interface ChangeRow {
  readonly repo: string
  readonly pr: number
  readonly diff: string
  readonly comments: readonly { readonly body: string }[]
}

function rowsOf<Row>(path: string): Row[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

/** The hunks have numbers before their lines and a mark on the commented one; GitHub's end there. */
function commentOf(row: CommentRow, id: number): PastComment {
  const lines = row.hunk.split('\n').map((line) => line.replace(/^\s*\d+ /, ''))
  const at = lines.findIndex((line) => line.includes('<<< COMMENT'))
  const hunk = lines.slice(0, at + 1).map((line) => line.replace(/\s+<<< COMMENT$/, ''))
  return {
    id,
    pullRequest: row.pr,
    path: row.path,
    side: row.side,
    line: row.line,
    commit: 'a'.repeat(40),
    at: row.created_at,
    body: row.body.slice(0, 4000),
    hunk: hunk.join('\n'),
    context: '',
    contextStart: 1,
    addressed: row.addressed === null ? 'unknown' : row.addressed ? 'yes' : 'no',
    up: 0,
    down: 0,
  }
}

export const histories = ['bmcweb_1000153', 'cue_1017720', 'git-repo_1007145', 'jgit_4'] as const

/** One of the four histories in `directory`. Ids are places in it, those of later comments go on from the past ones. */
export function readHistory(directory: string, name: string): History {
  const read = (part: string) => rowsOf<CommentRow>(join(directory, 'persona', `${name}.${part}.jsonl`))
  const [past, later] = [read('history'), read('dev')]
  return {
    name,
    repository: past[0]?.repo ?? '',
    past: past.map((row, index) => commentOf(row, index + 1)),
    later: later.map((row, index) => commentOf(row, past.length + index + 1)),
  }
}

/** The lines that end on the commented one. */
export function codeOf({ hunk }: PastComment): string {
  return hunk.split('\n').slice(-placeLines).join('\n')
}

function placesIn({ pr, diff }: ChangeRow): ForeignPlace[] {
  return parseDiff(diff)
    .files.flatMap((file) =>
      file.hunks.flatMap((hunk, index) => {
        const added = hunk.lines.flatMap((line, at) => (line.kind === 'added' ? [at] : []))
        const at = added[(index * 7919) % Math.max(1, added.length)]
        if (at === undefined) return []
        const lines = hunk.lines.slice(Math.max(0, at + 1 - placeLines), at + 1)
        return [{ pullRequest: pr, path: file.path, code: lines.map(({ text }) => text).join('\n') }]
      }),
    )
    .slice(0, placesOfChange)
}

/** Changes in the repository of a person that they left no comment on, and what was said there. */
export function readSurroundings(directory: string, history: History): Surroundings {
  const own = new Set([...history.past, ...history.later].map(({ pullRequest }) => pullRequest))
  const changes = ['golden_dev.jsonl', 'pool_train.jsonl.gz']
    .flatMap((file) => rowsOf<ChangeRow>(join(directory, file)))
    .filter(({ repo, pr }) => repo === history.repository && !own.has(pr))
  return {
    places: changes.flatMap(placesIn),
    remarks: changes.flatMap(({ comments }) => comments.map(({ body }) => body)),
  }
}
