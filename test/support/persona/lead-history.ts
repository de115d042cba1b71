import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runGit } from '../github/git-repository.ts'
import { pastPull, pastWords } from '../github/past-pull.ts'
import type { StandInRepository } from '../github/stand-in-repository.ts'
import type { StandInGithub } from '../github/start-github.ts'
import {
  type PullState,
  type ReviewCommentState,
  type ThreadState,
  type User,
  userOf,
} from '../github/state.ts'
import { colleagueRemarks, habits, quietCode } from './habits.ts'

/** A repository whose past reviews are there already. */
export interface LeadHistory {
  readonly repository: StandInRepository
  readonly lead: User
  /** Numbers of the comments of the lead. */
  readonly comments: readonly number[]
}

/** What a pull request changes: a line in each of five files, of which the lead leaves one alone. */
const isSpokenAt = [true, true, false, true, true] as const
/** The line in the middle of a file so short that a diff shows it whole. */
const changedLine = 4
const linesOfFile = 7
const files = 10
const hourMs = 3_600_000

const pathOf = (file: number): string => `src/part${file}.ts`
const filler = (line: number): string => `// ${line}`
const fileOf = (pull: number, place: number): number => (pull + place) % files

/** How many of the places before one are remarked on: the lead's habits take turns. */
const spokenBefore = (place: number): number => isSpokenAt.slice(0, place).filter(Boolean).length
const habitAt = (pull: number, place: number) => habits[(pull + spokenBefore(place)) % habits.length]

/** What a pull request writes at one of its places. */
function codeAt(pull: number, place: number): string {
  const quiet = quietCode[(pull + place) % quietCode.length]
  return (isSpokenAt[place] === true ? habitAt(pull, place)?.code : quiet) ?? ''
}

function textOf(code: string): string {
  const lines = Array.from({ length: linesOfFile }, (_, index) => filler(index + 1))
  return `${lines.with(changedLine - 1, code).join('\n')}\n`
}

/** The files of a repository before any pull request. */
export const untouchedFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: files }, (_, file) => [pathOf(file), textOf(filler(changedLine))]),
)

/** Files of a change with all lines that the lead would remark on, each twice, and one to be left alone. */
export function habitualChange(seed: number): Record<string, string> {
  const codes = [...habits, ...habits].map(({ code }) => code)
  const quiet = quietCode[seed % quietCode.length] ?? ''
  return Object.fromEntries(
    [...codes, quiet].map((code, place) => [pathOf(fileOf(seed, place)), textOf(code)]),
  )
}

/**
 * Adds merged pull requests to a repository of {@link untouchedFiles}, each with four comments of the lead, two of
 * colleagues and a hunk that the lead saw and left alone; made by one run of git and without a request. `from` is the
 * number of the first; the author acted on every second comment, some were answered, some liked.
 */
export async function addLeadHistory(
  github: StandInGithub,
  repository: StandInRepository,
  { from, pullRequests }: { readonly from: number; readonly pullRequests: number },
): Promise<LeadHistory> {
  const numbers = Array.from({ length: pullRequests }, (_, index) => from + index)
  const base = await repository.headOfMain()
  const commits = await importPulls(repository, base, numbers)
  const lead = userOf(github.world, 'lead')
  const comments = numbers.flatMap((number) => {
    const pull = mergedPull({ number, base, head: commits.get(number) ?? base }, github)
    repository.state.pulls.set(number, pull)
    return isSpokenAt.flatMap((_, place) => threadsAt({ pull, place, lead }, github))
  })
  repository.state.lastNumber = Math.max(repository.state.lastNumber, from + pullRequests - 1)
  return { repository, lead, comments }
}

const timeOf = (number: number, minute: number): string =>
  new Date(Date.UTC(2025, 0, 1) + number * 6 * hourMs + minute * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')

interface NewPull {
  readonly number: number
  readonly base: string
  readonly head: string
}

function mergedPull({ number, base, head }: NewPull, github: StandInGithub): PullState {
  const about = {
    number,
    baseSha: base,
    headSha: head,
    createdAt: timeOf(number, 0),
    updatedAt: timeOf(number, 300),
  }
  return pastPull(
    { ...about, author: userOf(github.world, 'contributor'), headRef: `past-${number}` },
    github,
  )
}

interface Commented {
  readonly pull: PullState
  readonly place: number
  readonly lead: User
}

/** What was said at one place of a pull request; gives back the number of the lead's comment, if there is one. */
function threadsAt({ pull, place, lead }: Commented, github: StandInGithub): number[] {
  const { number } = pull
  const write = (user: User, body: string, minute: number) =>
    pastWords({ user, body, at: timeOf(number, minute) }, github)
  const at = { pull, path: pathOf(fileOf(number, place)), code: codeAt(number, place) }
  if (isSpokenAt[place] !== true) {
    for (const [index, login] of ['maintainer', 'reviewer'].entries()) {
      const remark = colleagueRemarks[(number + index) % colleagueRemarks.length]?.(number) ?? ''
      pull.threads.push(threadOf(at, [write(userOf(github.world, login), remark, 10 + index)], github))
    }
    return []
  }
  const remarks = habitAt(number, place)?.remarks ?? []
  const own = write(lead, remarks[number % remarks.length] ?? '', 20 + place)
  if (number % 5 === 0) own.reactions.push({ id: github.world.nextId(), user: pull.author, content: '+1' })
  const answer = { ...write(pull.author, 'Good catch, fixed.', 60 + place), inReplyTo: own.id }
  pull.threads.push(threadOf(at, number % 3 === 0 ? [own, answer] : [own], github))
  return [own.id]
}

interface Place {
  readonly pull: PullState
  readonly path: string
  readonly code: string
}

function threadOf(
  { pull, path, code }: Place,
  comments: ReviewCommentState[],
  { world }: StandInGithub,
): ThreadState {
  const line = changedLine
  const context = [-3, -2, -1].map((step) => ` ${filler(line + step)}`)
  const hunk = [`@@ -1,${linesOfFile} +1,${linesOfFile} @@`, ...context, `-${filler(line)}`, `+${code}`]
  return {
    id: world.nextId(),
    commit: pull.headSha,
    base: pull.baseSha,
    anchor: { path, side: 'RIGHT', line },
    hunk: hunk.join('\n'),
    resolvedBy: null,
    comments,
    now: { line, startLine: null, outdated: false },
  }
}

/** One commit for each pull request, by one run of `git fast-import`; their ids by number. */
async function importPulls(
  repository: StandInRepository,
  base: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { directory } = repository.state.git
  const marks = join(directory, 'lead-history-marks')
  const stream = numbers.map((number) => commitOf(number, base)).join('')
  await runGit(directory, ['fast-import', '--quiet', '--force', `--export-marks=${marks}`], [stream])
  const rows = (await readFile(marks, 'utf8')).trimEnd().split('\n')
  return new Map(rows.map((row) => [Number(row.slice(1, row.indexOf(' '))), row.slice(row.indexOf(' ') + 1)]))
}

function commitOf(number: number, base: string): string {
  const who = `Contributor <contributor@example.com> ${Date.parse(timeOf(number, 0)) / 1000} +0000`
  const texts = isSpokenAt.map((_, place) => {
    const text = textOf(codeAt(number, place))
    return `M 100644 inline ${pathOf(fileOf(number, place))}\ndata ${Buffer.byteLength(text)}\n${text}\n`
  })
  const head = `commit refs/heads/past-${number}\nmark :${number}\nauthor ${who}\ncommitter ${who}\n`
  return `${head}data 6\nChange\nfrom ${base}\n${texts.join('')}`
}
