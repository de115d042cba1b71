import type { Severity } from '@ai-review/protocol/finding'
import fc from 'fast-check'
import type { Outcome } from '../../../src/action/outcome.ts'
import { reviewPullRequest } from '../../../src/action/review-pull-request.ts'
import { ReviewError } from '../../../src/errors.ts'
import { createGitHubSource } from '../../../src/github/change/github-source.ts'
import { createOctokit } from '../../../src/github/client/octokit.ts'
import { createGitHubPublisher } from '../../../src/github/post/github-publisher.ts'
import { createConversation } from '../../../src/github/talk/conversation.ts'
import { createModelServerClient } from '../../../src/model/client.ts'
import { holdsRunMark, parseLedgers, parseMarks } from '../../../src/review/marker.ts'
import { type Fault, secondaryLimit } from '../github/faults.ts'
import type { FileChanges } from '../github/git-repository.ts'
import type { StandInPullRequest } from '../github/stand-in-pull-request.ts'
import type { StandInRepository } from '../github/stand-in-repository.ts'
import { type StandInGithub, startGitHub } from '../github/start-github.ts'
import { flaw, type Mood } from './flaw-engine.ts'
import { breaches, foreignComments } from './invariants.ts'
import { code, type Stage } from './life.ts'

const files = ['src/a.ts', 'src/b.ts', 'lib/c.ts'] as const
const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical']
const deadlineMs = 60_000

/** A write of a run, and how it can go wrong: most of these leave open whether it was done. */
const faults: Readonly<Record<string, Fault>> = {
  'stored, then 502': 'store-then-502',
  'stored, then dropped': 'store-then-drop',
  dropped: 'drop',
  '500': { status: 500 },
  'secondary limit': secondaryLimit(1),
  '429': secondaryLimit(1, 429),
}
const writes: Readonly<Record<string, { readonly method: string; readonly path: RegExp }>> = {
  review: { method: 'POST', path: /\/reviews$/ },
  'check begun': { method: 'POST', path: /\/check-runs$/ },
  'check changed': { method: 'PATCH', path: /\/check-runs\/\d+$/ },
  'thread or query': { method: 'POST', path: /\/graphql$/ },
}

/** What can happen to a pull request in one step; indexes are taken modulo what is there. */
type Step =
  | { readonly do: 'edit'; readonly file: number; readonly line: number; readonly flaw: Severity | null }
  | { readonly do: 'shift'; readonly file: number }
  | { readonly do: 'delete'; readonly file: number }
  | { readonly do: 'rename'; readonly file: number }
  | { readonly do: 'drop' | 'rebase' | 'merge-base' | 'squash' | 'revert' }
  | { readonly do: 'reply'; readonly thread: number; readonly login: string }
  | { readonly do: 'resolve' | 'unresolve'; readonly thread: number }
  | { readonly do: 'rerun'; readonly full: boolean; readonly mood: Mood }
  | { readonly do: 'two-runs' }
  | { readonly do: 'fault'; readonly write: string; readonly fault: string; readonly skip: number }

/** A step that moves the branch. */
type Change = Exclude<Step, Talk | { do: 'rerun' | 'two-runs' | 'fault' }>
type Talk = Extract<Step, { thread: number }>

const file = fc.nat(2)
const thread = fc.nat(5)
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      file,
      line: fc.constantFrom(4, 5, 20, 40, 58),
      flaw: fc.option(fc.constantFrom(...severities)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('shift' as const), file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'rename' as const), file }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'drop' as const,
        'rebase' as const,
        'merge-base' as const,
        'squash' as const,
        'revert' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reply' as const),
      thread,
      login: fc.constantFrom('maintainer', 'outsider', 'other[bot]'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('resolve' as const, 'unresolve' as const), thread }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rerun' as const),
      full: fc.boolean(),
      mood: fc.constantFrom('steady' as const, 'flaky' as const, 'silent' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('two-runs' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      write: fc.constantFrom(...Object.keys(writes)),
      fault: fc.constantFrom(...Object.keys(faults)),
      skip: fc.nat(1),
    }),
  },
)

/** One pull request that random things happen to, reviewed in this process after each. */
export class RandomLife {
  readonly #github: StandInGithub
  readonly #repository: StandInRepository
  readonly #pull: StandInPullRequest
  readonly #stage: Stage
  #names: string[] = [...files]
  #bases = 0
  #runs = 0
  /** As the event of the newest push tells it. */
  #previousHead: string | null = null

  private constructor(parts: {
    stage: Stage
    github: StandInGithub
    repository: StandInRepository
    pull: StandInPullRequest
  }) {
    this.#stage = parts.stage
    this.#github = parts.github
    this.#repository = parts.repository
    this.#pull = parts.pull
  }

  static async start(stage: Stage): Promise<RandomLife> {
    stage.engine.mood = 'steady'
    stage.engine.onAsked = null
    const github = await startGitHub()
    const repository = await github.repository({
      name: 'shop',
      files: Object.fromEntries(files.map((path) => [path, code()])),
    })
    repository.setRole('maintainer', 'admin')
    const pull = await repository.openPullRequest({
      files: {
        [files[0]]: code({ 5: `export const stock = 0 // ${flaw('high', 'bug')}` }),
        [files[1]]: code({ 20: `export const rate = 0 // ${flaw('medium', 'performance')}` }),
      },
    })
    const life = new RandomLife({ stage, github, repository, pull })
    await life.#runAndLook(1)
    return life
  }

  /** Takes the step, and reviews where a workflow would; throws with every promise that is broken afterwards. */
  async take(step: Step): Promise<void> {
    if (step.do === 'fault') {
      const fault = faults[step.fault] ?? 'drop'
      this.#github.inject({ ...(writes[step.write] ?? { path: /$^/ }), skip: step.skip, fault })
    } else if ('thread' in step) {
      this.#talk(step)
    } else if (step.do === 'rerun') {
      this.#stage.engine.mood = step.mood
      await this.#runAndLook(1, { full: step.full })
      this.#stage.engine.mood = 'steady'
    } else if (step.do === 'two-runs') {
      await this.#runAndLook(2)
    } else {
      const isMoved = await this.#change(step)
      if (isMoved) await this.#runAndLook(1)
    }
  }

  #talk(step: Talk): void {
    const { threads } = this.#pull.state
    const chosen = threads[step.thread % Math.max(1, threads.length)]
    if (chosen === undefined) return
    if (step.do === 'reply') this.#pull.replyTo(chosen, step.login, 'Is it?')
    else if (step.do === 'resolve') this.#pull.resolve(chosen, 'maintainer')
    else this.#pull.unresolve(chosen)
  }

  /** False where the branch is as it was: nobody would have pushed. */
  async #change(
    step: Extract<
      Step,
      { do: 'edit' | 'shift' | 'delete' | 'rename' | 'drop' | 'rebase' | 'merge-base' | 'squash' | 'revert' }
    >,
  ): Promise<boolean> {
    const head = this.#pull.head
    try {
      await this.#move(step)
    } catch {
      // A conflict, or nothing to take back: git refuses, and so would the person's own git.
      return false
    }
    if (this.#pull.head === head) return false
    this.#previousHead = head
    return true
  }

  async #move(step: Change): Promise<void> {
    if ('file' in step) {
      await this.#pull.push(await this.#edited(step))
    } else if (step.do === 'squash') {
      await this.#pull.squash()
    } else if (step.do === 'drop' || step.do === 'revert') {
      if (!(await this.#hasOwnCommits(2))) return
      await (step.do === 'drop' ? this.#pull.dropCommits() : this.#pull.revert())
      await this.#learnNames()
    } else {
      this.#bases += 1
      await this.#repository.commit({ [`base-${this.#bases}.txt`]: 'more\n' })
      await (step.do === 'rebase' ? this.#pull.rebase() : this.#pull.mergeBase())
    }
  }

  async #edited(step: Extract<Step, { file: number }>): Promise<FileChanges> {
    const path = this.#names[step.file % Math.max(1, this.#names.length)] ?? files[0]
    const text = await this.#textOf(path)
    if (step.do === 'edit') {
      const lines = (text ?? code()).split('\n')
      const mark = step.flaw === null ? '' : ` // ${flaw(step.flaw, 'bug')}`
      lines[step.line - 1] = `export const changed${step.line} = ${this.#runs}${mark}`
      return { [path]: lines.join('\n') }
    }
    if (step.do === 'shift') return { [path]: `// moved down ${this.#runs}\n${text ?? code()}` }
    if (text === null) return {}
    if (step.do === 'delete') return { [path]: null }
    const to = `src/renamed-${this.#runs}.ts`
    this.#names = this.#names.map((name) => (name === path ? to : name))
    return { [path]: null, [to]: text }
  }

  async #learnNames(): Promise<void> {
    const listed = await this.#repository.state.git.text('ls-tree', '-r', '--name-only', this.#pull.head)
    this.#names = listed.split('\n').filter((name) => name.endsWith('.ts'))
  }

  async #hasOwnCommits(least: number): Promise<boolean> {
    const { base, head } = this.#pull
    return Number(await this.#repository.state.git.text('rev-list', '--count', `${base}..${head}`)) >= least
  }

  #textOf(path: string): Promise<string | null> {
    const { git } = this.#repository.state
    return git.text('show', `${this.#pull.head}:${path}`).then(
      (text) => `${text}\n`,
      () => null,
    )
  }

  /** Runs at once on the head of now, and then whatever is wrong with what they left behind. */
  async #runAndLook(count: 1 | 2, order: { readonly full?: boolean } = {}): Promise<void> {
    const started = Date.now()
    const before = { at: this.#github.requests.length, foreign: foreignComments(this.#pull) }
    this.#stage.engine.forget()
    const outcomes = await Promise.all(Array.from({ length: count }, () => this.#run(started, order)))
    const requests = this.#github.requests.slice(before.at)
    const found = await breaches({
      repository: this.#repository,
      pull: this.#pull,
      // What two runs wrote cannot be told apart, and each has its own check.
      requests: count === 1 ? requests : [],
      deadline: started + deadlineMs,
      foreignBefore: before.foreign,
      asked: this.#stage.engine.asked(),
      hasReviewedHead: outcomes.every(
        (outcome) => outcome?.kind === 'reviewed' && outcome.check.conclusion === 'success',
      ),
      disowned: new Set(),
    })
    if (found.length > 0) throw new Error(found.join('\n'))
  }

  /** Null where a run ended early: GitHub stayed away, and it said so. */
  async #run(startedAt: number, order: { readonly full?: boolean }): Promise<Outcome | null> {
    this.#runs += 1
    return await reviewPullRequest(
      {
        number: this.#pull.number,
        policyPath: '.github/ai-review.yml',
        deadlineMs,
        startedAt,
        run: `${this.#runs}-1-random`,
        ...(this.#previousHead === null ? {} : { previousHead: this.#previousHead }),
        ...order,
      },
      this.#roles(() => startedAt + deadlineMs - Date.now()),
    ).catch((error: unknown) => {
      if (error instanceof ReviewError) return null
      throw error
    })
  }

  #roles(timeLeft: () => number): Parameters<typeof reviewPullRequest>[1] {
    const { signal } = new AbortController()
    const repository = { owner: this.#repository.state.owner, name: this.#repository.state.name }
    const token = this.#github.token({
      permissions: { contents: 'write', 'pull-requests': 'write', checks: 'write' },
    })
    const octokit = createOctokit({
      apiUrl: this.#github.url,
      token,
      signal,
      timeLeft,
      backoffUnitMs: 1,
      isPaced: false,
    })
    return {
      source: createGitHubSource({
        octokit,
        repository,
        localGit: null,
        git: { searchPath: process.env.PATH ?? '', temporary: '/tmp', signal },
        timeLeft,
      }),
      publisher: createGitHubPublisher({
        octokit,
        check: { name: 'ai-review', externalId: `${this.#runs}-1-random`, backoffUnitMs: 10 },
        parseMarks,
        parseLedgers,
        holdsRunMark,
        backoffUnitMs: 1,
      }),
      model: createModelServerClient(this.#stage.server),
      roleOf: createConversation({ octokit, repository, holdsRunMark, backoffUnitMs: 1 }).roleOf,
      log: { info: () => {}, warning: () => {} },
      now: Date.now,
      signal,
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#github[Symbol.asyncDispose]()
  }
}
