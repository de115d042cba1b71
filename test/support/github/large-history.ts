import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runGit } from './git-repository.ts'
import { pastPull, pastWords } from './past-pull.ts'
import type { StandInRepository } from './stand-in-repository.ts'
import type { StandInGithub } from './start-github.ts'
import { type PullState, type ReviewCommentState, type ThreadState, type User, userOf } from './state.ts'

interface LargeHistoryOptions {
  readonly pullRequests: number
  readonly comments: number
  /** Comments of the lead, among `comments`. */
  readonly ofLead: number
  /** Login of the lead: `lead` unless told. */
  readonly lead?: string
}

/** What the lead said that is worth keeping, and what became of it. */
interface ExpectedComment {
  readonly id: number
  readonly pullRequest: number
  readonly path: string
  readonly line: number
  readonly body: string
  readonly addressed: 'yes' | 'no'
}

export interface LargeHistory {
  readonly repository: StandInRepository
  readonly lead: User
  readonly expected: readonly ExpectedComment[]
  /** The `.git` of a checkout that holds all commits. */
  readonly gitDirectory: string
}

const files = 12
const linesOfFile = 60
/** Lines of a file that a pull request changes; far enough apart for a hunk each. */
const changed = [10, 30, 50] as const
const secondsApart = 120

const pathOf = (file: number) => `src/part-${file}.ts`
const baseLine = (file: number, line: number) => `export const value${file}x${line} = read(${file}, ${line})`
const newLine = (pull: number, line: number) =>
  `export const value${pull}y${line} = readAgain(${pull}, ${line})`
const fixedLine = (pull: number, line: number) =>
  `export const value${pull}z${line} = readOnce(${pull}, ${line})`

function textOf(file: number, lineOf: (line: number) => string): string {
  const lines = Array.from({ length: linesOfFile }, (_, index) => lineOf(index + 1))
  return `// Part ${file}\n${lines.join('\n')}\n`
}

/** The number of a line within the text: the first one holds the title. */
const lineInText = (line: number) => line + 1

interface Plan {
  readonly number: number
  /** The two files that it changes. */
  readonly files: readonly [number, number]
  /** Lines of the first file that the author changed after the comments. */
  readonly fixed: ReadonlySet<number>
}

/** Pull requests with two files of three hunks each; of every third one the author fixes what stands in the first hunk. */
function planOf(number: number): Plan {
  const first = number % files
  return {
    number,
    files: [first, (first + 1 + (number % (files - 1))) % files],
    fixed: new Set(number % 3 === 0 ? [changed[0]] : []),
  }
}

/**
 * A repository with thousands of pull requests and tens of thousands of comments, made by one run of git and without a
 * request. Comments are of six people beside the lead; those of neighbouring pull requests are mixed in time, and every
 * fiftieth pull request stays open for long.
 */
export async function largeHistory(
  github: StandInGithub,
  options: LargeHistoryOptions,
): Promise<LargeHistory> {
  const repository = await github.repository({
    name: 'shop',
    files: Object.fromEntries(
      Array.from({ length: files }, (_, file) => [
        pathOf(file),
        textOf(file, (line) => baseLine(file, line)),
      ]),
    ),
  })
  const base = await repository.headOfMain()
  const plans = Array.from({ length: options.pullRequests }, (_, index) => planOf(index + 1))
  const shas = await importPulls(repository, base, plans)
  const lead = userOf(github.world, options.lead ?? 'lead')
  const people = ['maintainer', 'contributor', 'reviewer-1', 'reviewer-2', 'reviewer-3', 'outsider']
  const others = people.map((login) => userOf(github.world, login))
  const author = userOf(github.world, 'author-1')
  const bot = userOf(github.world, 'helper[bot]')
  const written = schedule(options)
  const firstSeconds = new Map(written.toReversed().map(({ pull, second }) => [pull, second]))
  for (const [index, { number }] of plans.entries()) {
    const firstSecond = firstSeconds.get(index) ?? 0
    const headSha = shas[index]?.head ?? base
    const pull = pullOf({ number, author, base, headSha, firstSecond }, github)
    repository.state.pulls.set(number, pull)
  }
  repository.state.lastNumber = plans.length
  const expected = written.flatMap((one): ExpectedComment[] => {
    const plan = plans[one.pull]
    const pull = plan && repository.state.pulls.get(plan.number)
    if (plan === undefined || pull === undefined) throw new Error('a comment on no pull request')
    const other = one.order % 11 === 0 ? bot : (others[one.order % others.length] ?? author)
    const { file, line } = placeOf(one.order)
    const body = bodyOf({ ...one, number: plan.number })
    const comment = pastWords(
      { user: one.ofLead ? lead : other, body: body.text, at: timeOf(one.second) },
      github,
    )
    const draft = shas[one.pull]?.draft ?? base
    pull.threads.push(threadOf({ plan, pull, file: plan.files[file], line, draft, comment }, github))
    if (body.kept === null) return []
    const addressed = file === 0 && plan.fixed.has(line) ? 'yes' : 'no'
    const place = { pullRequest: plan.number, path: pathOf(plan.files[file]), line: lineInText(line) }
    return [{ id: comment.id, ...place, body: body.kept, addressed }]
  })
  return { repository, lead, expected, gitDirectory: repository.state.git.directory }
}

interface NewPull {
  readonly number: number
  readonly author: User
  readonly base: string
  readonly headSha: string
  readonly firstSecond: number
}

function pullOf({ number, author, base, headSha, firstSecond }: NewPull, github: StandInGithub): PullState {
  const times = { createdAt: timeOf(Math.max(0, firstSecond - 30)), updatedAt: timeOf(firstSecond + 1000) }
  return pastPull({ number, author, headRef: `change-${number}`, baseSha: base, headSha, ...times }, github)
}

/** The first file's last hunk is never commented, so it is a silence. */
function placeOf(order: number): { file: 0 | 1; line: number } {
  const places = [
    { file: 0, line: changed[0] },
    { file: 0, line: changed[1] },
    { file: 1, line: changed[0] },
    { file: 1, line: changed[2] },
  ] as const
  return places[order % places.length] ?? places[0]
}

interface NewThread {
  readonly plan: Plan
  readonly pull: PullState
  readonly file: number
  readonly line: number
  readonly draft: string
  readonly comment: ReviewCommentState
}

function threadOf({ plan, pull, file, line, draft, comment }: NewThread, github: StandInGithub): ThreadState {
  const at = lineInText(line)
  const context = [-3, -2, -1].map((step) => ` ${baseLine(file, line + step)}`)
  const hunk = [
    `@@ -${at - 3},7 +${at - 3},7 @@`,
    ...context,
    `-${baseLine(file, line)}`,
    `+${newLine(plan.number, line)}`,
  ]
  return {
    id: github.world.nextId(),
    commit: draft,
    base: pull.baseSha,
    anchor: { path: pathOf(file), side: 'RIGHT', line: at },
    hunk: hunk.join('\n'),
    resolvedBy: null,
    comments: [comment],
    now: { line: at, startLine: null, outdated: false },
  }
}

/** Every seventh comment of the lead says nothing of worth, and every fifth names somebody. */
function bodyOf({ order, ofLead, number }: { order: number; ofLead: boolean; number: number }): {
  text: string
  kept: string | null
} {
  if (!ofLead) return { text: `Remark ${order} on change ${number}: is this read twice?`, kept: null }
  if (order % 7 === 0) return { text: order % 2 === 0 ? '+1' : '```suggestion\nreadOnce()\n```', kept: null }
  const ask = `Could you read value ${order} of change ${number} once and keep it?`
  if (order % 5 === 0) return { text: `> quoted ${order}\n@contributor ${ask}`, kept: `someone ${ask}` }
  return { text: ask, kept: ask }
}

interface Written {
  readonly pull: number
  readonly second: number
  readonly ofLead: boolean
  readonly order: number
}

/** When each comment is written, on which pull request, and whether by the lead; oldest first. */
function schedule({ pullRequests, comments, ofLead }: LargeHistoryOptions): Written[] {
  const stride = comments / ofLead
  return Array.from({ length: comments }, (_, order) => {
    const nominal = Math.floor((order * pullRequests) / comments)
    // Neighbours are mixed; now and then a comment goes to a pull request that is open for long.
    const back = order % 97 === 0 ? nominal % 50 : order % 4
    const isLead = Math.floor((order + 1) / stride) > Math.floor(order / stride)
    return { pull: Math.max(0, nominal - back), second: order * secondsApart, ofLead: isLead, order }
  })
}

function timeOf(second: number): string {
  return new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Two commits of each pull request, what was commented and what came of it, by one run of `git fast-import`. */
async function importPulls(
  repository: StandInRepository,
  base: string,
  plans: readonly Plan[],
): Promise<{ draft: string; head: string }[]> {
  const { directory } = repository.state.git
  const marks = join(directory, 'history-marks')
  const stream = plans.flatMap((plan, index) => {
    const [first, second] = plan.files
    const draft = (file: number) =>
      textOf(file, (line) => (isChanged(line) ? newLine(plan.number, line) : baseLine(file, line)))
    const head = textOf(first, (line) => {
      if (plan.fixed.has(line)) return fixedLine(plan.number, line)
      return isChanged(line) ? newLine(plan.number, line) : baseLine(first, line)
    })
    const ref = `refs/heads/change-${plan.number}`
    return [
      commitLines({ ref, mark: 2 * index + 1, from: base, second: plan.number * 1000 }),
      fileLines(pathOf(first), draft(first)),
      fileLines(pathOf(second), draft(second)),
      commitLines({ ref, mark: 2 * index + 2, from: `:${2 * index + 1}`, second: plan.number * 1000 + 500 }),
      fileLines(pathOf(first), head),
      '\n',
    ]
  })
  await runGit(directory, ['fast-import', '--quiet', '--force', `--export-marks=${marks}`], [stream.join('')])
  const rows = (await readFile(marks, 'utf8')).split('\n')
  const shas = new Map(
    rows.map((row) => [Number(row.slice(1, row.indexOf(' '))), row.slice(row.indexOf(' ') + 1)]),
  )
  return plans.map((_, index) => ({
    draft: shas.get(2 * index + 1) ?? base,
    head: shas.get(2 * index + 2) ?? base,
  }))
}

function isChanged(line: number): boolean {
  return changed.some((one) => one === line)
}

function commitLines(commit: { ref: string; mark: number; from: string; second: number }): string {
  const who = `Author <author@example.com> ${1_704_067_200 + commit.second} +0000`
  return `commit ${commit.ref}\nmark :${commit.mark}\nauthor ${who}\ncommitter ${who}\ndata 6\nChange\nfrom ${commit.from}\n`
}

function fileLines(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`
}
