import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type FileChanges, type GitRepository, runGit } from './git-repository.ts'
import { StandInPullRequest } from './stand-in-pull-request.ts'
import {
  type CollaboratorRole,
  fullNameOf,
  type PullState,
  type RepositoryState,
  userOf,
  type World,
} from './state.ts'

export interface NewRepository {
  /** `acme` unless told. */
  readonly owner?: string
  readonly name?: string
  readonly private?: boolean
  /** The first commit of `main`. */
  readonly files?: FileChanges
}

export interface NewPullRequest {
  readonly title?: string
  readonly body?: string
  readonly author?: string
  readonly draft?: boolean
  /** True or the full name of the fork that the branch lies in. */
  readonly fork?: boolean | string
  /** One commit; or several, in their order. */
  readonly files?: FileChanges
  readonly commits?: readonly FileChanges[]
  /** A commit that the repository holds already, in place of new ones. */
  readonly head?: string
  readonly labels?: readonly string[]
  /** Name of the branch, `change-` and a number unless told. */
  readonly branch?: string
  /** Message of the commits, `Change` and a number unless told. */
  readonly message?: string
}

interface CommitOptions {
  readonly branch?: string
  readonly message?: string
  /** Login of the account that GitHub takes for its author; none unless told. */
  readonly author?: string
  /** The author unless told. */
  readonly committer?: string
  /** Whether the committer signed it. */
  readonly verified?: boolean
}

interface CheckoutOptions {
  /** `merge` (what a runner checks out) unless told. */
  readonly ref?: 'merge' | 'head' | 'base'
  /** Commits of history, 0 for all, as `fetch-depth` of actions/checkout: 1 unless told. */
  readonly depth?: number
}

/** A repository of the stand-in, with the doors that tests act and look through. */
export class StandInRepository {
  readonly state: RepositoryState
  readonly #world: World

  private constructor(world: World, state: RepositoryState) {
    this.#world = world
    this.state = state
  }

  static async create(world: World, git: GitRepository, wanted: NewRepository): Promise<StandInRepository> {
    const owner = wanted.owner ?? 'acme'
    userOf(world, owner)
    const state: RepositoryState = {
      id: world.nextSmallId(),
      owner,
      name: wanted.name ?? 'widgets',
      private: wanted.private ?? true,
      archived: false,
      git,
      roles: new Map(),
      pulls: new Map(),
      checkRuns: [],
      commitIdentities: new Map(),
      lastNumber: 0,
    }
    const files = wanted.files ?? { 'README.md': '# Widgets\n' }
    await git.commit({ ref: 'refs/heads/main', parents: [], message: 'Start', files })
    return new StandInRepository(world, state)
  }

  get fullName(): string {
    return fullNameOf(this.state)
  }

  /** A commit on a branch, `main` unless told; gives back its id. */
  async commit(files: FileChanges, options: CommitOptions = {}): Promise<string> {
    const ref = `refs/heads/${options.branch ?? 'main'}`
    const parent = (await this.state.git.resolve(ref)) ?? (await this.headOfMain())
    const sha = await this.state.git.commit({
      ref,
      parents: [parent],
      message: options.message ?? 'Change',
      files,
    })
    const { author, committer = author, verified = false } = options
    if (author !== undefined && committer !== undefined) {
      const identity = {
        author: userOf(this.#world, author),
        committer: userOf(this.#world, committer),
        verified,
      }
      this.state.commitIdentities.set(sha, identity)
    }
    return sha
  }

  headOfMain(): Promise<string> {
    return this.state.git.text('rev-parse', 'refs/heads/main')
  }

  setRole(login: string, role: CollaboratorRole): void {
    userOf(this.#world, login)
    this.state.roles.set(login, role)
  }

  async openPullRequest(wanted: NewPullRequest = {}): Promise<StandInPullRequest> {
    const { git } = this.state
    const number = ++this.state.lastNumber
    const author = wanted.author ?? 'contributor'
    const fork = wanted.fork === true ? `${author}/${this.state.name}` : wanted.fork || null
    const { branch = `change-${number}`, message = `Change ${number}` } = wanted
    const ref = fork === null ? `refs/heads/${branch}` : `refs/forks/${fork}/${branch}`
    const baseSha = await this.headOfMain()
    const some = [wanted.files ?? { [`change-${number}.txt`]: 'A change.\n' }]
    const commits = wanted.commits ?? (wanted.head === undefined ? some : [])
    let headSha = wanted.head ?? baseSha
    if (wanted.head !== undefined) await git.setRef(ref, wanted.head)
    for (const files of commits) {
      headSha = await git.commit({ ref, parents: [headSha], message, files })
    }
    const now = this.#world.now()
    const state: PullState = {
      id: this.#world.nextId(),
      number,
      author: userOf(this.#world, author),
      fork,
      baseRef: 'main',
      headRef: branch,
      title: wanted.title ?? `Change ${number}`,
      body: wanted.body ?? '',
      state: 'open',
      draft: wanted.draft ?? false,
      merged: false,
      locked: false,
      baseSha,
      headSha,
      mergeSha: null,
      createdAt: now,
      updatedAt: now,
      labels: [...(wanted.labels ?? [])],
      reviews: [],
      threads: [],
      comments: [],
    }
    this.state.pulls.set(number, state)
    const pull = new StandInPullRequest(this.#world, this.state, state)
    await pull.updateRefs()
    return pull
  }

  /** Pushes a commit to the branch of a pull request: `synchronize`. */
  async push(
    pull: StandInPullRequest,
    files: FileChanges,
    options: { force?: boolean } = {},
  ): Promise<string> {
    return await pull.push(files, options)
  }

  /** Makes the working copy that actions/checkout would make, and gives back its head's id. */
  async checkout(
    directory: string,
    pull: StandInPullRequest,
    options: CheckoutOptions = {},
  ): Promise<string> {
    await mkdir(dirname(directory), { recursive: true })
    const { git } = this.state
    const sources = {
      merge: `refs/pull/${pull.number}/merge`,
      head: `refs/pull/${pull.number}/head`,
      base: 'refs/heads/main',
    }
    const source = sources[options.ref ?? 'merge']
    const depth = options.depth ?? 1
    await mkdir(directory, { recursive: true })
    await runGit(directory, ['init', '--quiet', '--initial-branch=main'])
    await runGit(directory, ['remote', 'add', 'origin', `file://${git.directory}`])
    const wanted = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : []
    const target = `refs/remotes/${source.slice('refs/'.length)}`
    const limits = depth === 0 ? [] : [`--depth=${depth}`]
    await runGit(directory, [
      'fetch',
      '--quiet',
      '--no-tags',
      ...limits,
      'origin',
      ...wanted,
      `+${source}:${target}`,
    ])
    await runGit(directory, ['checkout', '--quiet', '--force', '--detach', target])
    return (await runGit(directory, ['rev-parse', 'HEAD'])).toString('utf8').trim()
  }
}
