import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FileChanges } from '../github/git-repository.ts'
import type { PullRequestAction, StandInPullRequest } from '../github/stand-in-pull-request.ts'
import type { NewPullRequest, StandInRepository } from '../github/stand-in-repository.ts'
import { type GithubOptions, type NewToken, type StandInGithub, startGitHub } from '../github/start-github.ts'
import type { CheckRunState, ThreadState } from '../github/state.ts'
import { type ModelServerProcess, startModelServer } from '../model-server.ts'
import { type ActionRun, type FinishedRun, runAction } from '../runner/run-action.ts'
import { type Asked, type FlawEngine, type Mind, mindMark, startFlawEngine } from './flaw-engine.ts'
import { breaches, foreignComments, us } from './invariants.ts'
import { actionDirectory } from './scene.ts'

/** The longest that a run may take unless a scenario says otherwise. */
const deadlineMinutes = 2

/** A model server with its model; one serves many pull requests. */
export interface Stage extends AsyncDisposable {
  readonly server: ModelServerProcess
  readonly engine: FlawEngine
}

/** The seal key of every stage, so that one server knows the marks of another. */
const sealKey = 'a seal key that is the same on every replica'

export async function startStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const engine = await startFlawEngine()
  const server = await startServerFor(engine, env)
  return {
    server,
    engine,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await engine[Symbol.asyncDispose]()
    },
  }
}

/** One more model server with the same model and, unless told, the same seal key. */
export function startServerFor(
  engine: FlawEngine,
  env: Readonly<Record<string, string>> = {},
): Promise<ModelServerProcess> {
  return startModelServer({
    env: { DATABASE_URL: 'none', SEAL_KEY: sealKey, REVIEW_SLOTS: '8', ...engine.env, ...env },
  })
}

export interface LifeOptions extends NewPullRequest {
  readonly baseFiles?: FileChanges
  /** Text of the policy on the base branch. */
  readonly policy?: string
  readonly permissions?: NewToken['permissions']
  readonly github?: GithubOptions
  /** Other pull requests are reviewed meanwhile: the model knows this one by a guideline of its own. */
  readonly isAmongOthers?: boolean
}

export interface RunOptions extends Partial<ActionRun> {
  readonly on?: PullRequestAction
  /** The run may end in any way: the scenario looks for itself. */
  readonly mayFail?: boolean
  /** Other runs are under way: what must hold of a run is not yet looked for. */
  readonly isAmongOthers?: boolean
}

/** A pull request over time: what people do to it, a run after each step, and what then stands on it. */
export class Life {
  readonly github: StandInGithub
  readonly repository: StandInRepository
  readonly pull: StandInPullRequest
  /** The model as this pull request meets it. */
  readonly engine: Mind
  server: ModelServerProcess
  token: string
  /** What the model was asked in the last run. */
  asked: Asked = { calls: 0, lines: [], flagged: new Set() }
  readonly #directory: string
  readonly #disowned = new Set<number>()
  #runs = 0

  private constructor(parts: {
    github: StandInGithub
    repository: StandInRepository
    pull: StandInPullRequest
    engine: Mind
    server: ModelServerProcess
    token: string
    directory: string
  }) {
    this.github = parts.github
    this.repository = parts.repository
    this.pull = parts.pull
    this.engine = parts.engine
    this.server = parts.server
    this.token = parts.token
    this.#directory = parts.directory
    this.engine.mood = 'steady'
    this.engine.onAsked = null
  }

  static async start(stage: Stage, options: LifeOptions = {}): Promise<Life> {
    const { baseFiles, policy, permissions, isAmongOthers, github: githubOptions, ...wanted } = options
    const mind = isAmongOthers === true ? randomBytes(6).toString('hex') : ''
    const marks: FileChanges = mind === '' ? {} : { 'AGENTS.md': `${mindMark(mind)}\n` }
    const github = await startGitHub(githubOptions)
    const rules: FileChanges = policy === undefined ? {} : { '.github/ai-review.yml': policy }
    const repository = await github.repository({ name: 'shop', files: { ...marks, ...rules, ...baseFiles } })
    repository.setRole('maintainer', 'admin')
    repository.setRole('contributor', 'write')
    const pull = await repository.openPullRequest(wanted)
    const token = github.token({
      permissions: permissions ?? { contents: 'write', 'pull-requests': 'write', checks: 'write' },
    })
    const directory = await mkdtemp(join(tmpdir(), 'life-'))
    const { server } = stage
    return new Life({ github, repository, pull, engine: stage.engine.mindOf(mind), server, token, directory })
  }

  /** A run on `pull_request`. */
  async run(options: RunOptions = {}): Promise<FinishedRun> {
    const event = options.event ?? (await this.pull.event(options.on ?? 'synchronize'))
    return await this.#runWith({ eventName: 'pull_request', ...options, event })
  }

  open(options: RunOptions = {}): Promise<FinishedRun> {
    return this.run({ on: 'opened', ...options })
  }

  /** A push of one more commit, and the run that it sets off. */
  async push(files: FileChanges, options: RunOptions = {}): Promise<FinishedRun> {
    return await this.change((pull) => pull.push(files), options)
  }

  /** Something that moves the branch, and the run that it sets off. */
  async change(
    act: (pull: StandInPullRequest) => Promise<unknown>,
    options: RunOptions = {},
  ): Promise<FinishedRun> {
    await act(this.pull)
    return await this.run(options)
  }

  /** A person comments in the conversation, and the workflow runs on that. */
  async say(login: string, body: string, options: RunOptions = {}): Promise<FinishedRun> {
    const event = this.pull.commentEvent(this.pull.comment(login, body))
    return await this.#runWith({ ...options, eventName: 'issue_comment', event })
  }

  /** A person answers in a thread, and the workflow runs on that. */
  async reply(thread: ThreadState, login: string, body: string): Promise<FinishedRun> {
    const event = await this.pull.reviewCommentEvent(this.pull.replyTo(thread, login, body))
    return await this.#runWith({ eventName: 'pull_request_review_comment', event })
  }

  async #runWith(options: RunOptions & Pick<ActionRun, 'event' | 'eventName'>): Promise<FinishedRun> {
    const { on: _on, mayFail = false, isAmongOthers = false, inputs, ...rest } = options
    const head = this.pull.head
    const before = {
      at: this.github.requests.length,
      foreign: foreignComments(this.pull),
      started: Date.now(),
    }
    this.engine.forget()
    this.#runs += 1
    const run = await runAction({
      action: actionDirectory,
      github: this.github,
      token: this.token,
      inputs: {
        'server-url': this.server.url,
        'api-key': this.server.apiKey,
        'deadline-minutes': String(deadlineMinutes),
        ...inputs,
      },
      secrets: [this.server.apiKey],
      temporary: await mkdtemp(join(this.#directory, 'run-')),
      runId: this.#runs,
      ...rest,
    })
    this.asked = this.engine.asked()
    if (isAmongOthers) return run
    const found = await breaches({
      repository: this.repository,
      pull: this.pull,
      requests: this.github.requests.slice(before.at),
      deadline: before.started + deadlineMinutes * 60_000,
      foreignBefore: before.foreign,
      asked: this.asked,
      hasReviewedHead:
        run.outputs.outcome === 'reviewed' && run.outputs.conclusion === 'success' && head === this.pull.head,
      disowned: this.#disowned,
    })
    expect(found).toEqual([])
    expect(run.problems).toEqual([])
    if (!mayFail) expect(run, run.log).toMatchObject({ exitCode: 0, signal: null })
    return run
  }

  /** What was said until now was said under a key that is gone: it may be said once more. */
  disown(): void {
    for (const { comments } of this.pull.state.threads) for (const { id } of comments) this.#disowned.add(id)
  }

  /**
   * Every thread on the diff as one line, such as `src/a.ts:5 open: us, maintainer` or
   * `src/a.ts:outdated resolved by us: us`, in the order of paths and lines.
   */
  async threads(): Promise<string[]> {
    const shown = await Promise.all(
      this.pull.state.threads.map(async (thread) => {
        const { line } = await this.pull.linesOf(thread)
        const side = 'side' in thread.anchor && thread.anchor.side === 'LEFT' ? ' left' : ''
        const state = thread.resolvedBy === null ? 'open' : `resolved by ${nameOf(thread.resolvedBy.login)}`
        const people = thread.comments.map(({ user }) => nameOf(user.login)).join(', ')
        const text = `${thread.anchor.path}:${line ?? 'outdated'}${side} ${state}: ${people}`
        return { text, path: thread.anchor.path, line: line ?? Number.MAX_SAFE_INTEGER, id: thread.id }
      }),
    )
    return shown
      .sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)) || a.line - b.line || a.id - b.id)
      .map(({ text }) => text)
  }

  /** The one thread that was started on this line. */
  threadAt(path: string, line: number): ThreadState {
    const [found, ...others] = this.pull.state.threads.filter(
      ({ anchor }) => anchor.path === path && 'line' in anchor && anchor.line === line,
    )
    if (found === undefined || others.length > 0) throw new Error(`not exactly one thread at ${path}:${line}`)
    return found
  }

  /** The newest check on the head, as GitHub shows it. */
  check(
    sha: string = this.pull.head,
  ): Pick<CheckRunState, 'status' | 'conclusion' | 'title' | 'summary'> | null {
    return this.pull.checkRuns(sha).at(-1) ?? null
  }

  conclusion(): string | null {
    return this.check()?.conclusion ?? null
  }

  /** Files of which the model was shown lines in the last run. */
  filesRead(): string[] {
    return [...new Set(this.asked.lines.map((line) => line.slice(0, line.indexOf(': '))))].sort()
  }

  /** Writes of the run so far, by GitHub's names of the operations. */
  writes(): string[] {
    return this.github.requests
      .filter(({ method, operation }) => method !== 'GET' && operation !== 'graphql')
      .map(({ operation }) => String(operation))
  }

  /** Reviews that we have posted. */
  reviews(): number {
    return this.pull.reviews().filter(({ user, body }) => user.login === us && body !== '').length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
    await this.github[Symbol.asyncDispose]()
  }
}

function nameOf(login: string): string {
  return login === us ? 'us' : login
}

/** Sixty sound lines, far enough from each other for hunks of their own; some replaced, by number. */
export function code(changes: Readonly<Record<number, string>> = {}): string {
  return Array.from(
    { length: 60 },
    (_, index) => `${changes[index + 1] ?? `export const price${index + 1} = ${index + 1}`}\n`,
  ).join('')
}
