import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer, Call } from './call.ts'
import { type Fault, Faults, type Injection } from './faults.ts'
import { GitRepository } from './git-repository.ts'
import { answerGraphql } from './graphql.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { answerViolations, requestViolations } from './openapi-guard.ts'
import { notAccessible, Refusal } from './refusal.ts'
import { repositoryJson, userJson } from './render.ts'
import { type Match, matchRoute } from './router.ts'
import { type LimitOptions, SecondaryLimits } from './secondary-limits.ts'
import { checkedPayload } from './stand-in-pull-request.ts'
import { type NewRepository, StandInRepository } from './stand-in-repository.ts'
import {
  type Access,
  fullNameOf,
  newWorld,
  type PermissionName,
  type Permissions,
  type Token,
  userOf,
  type World,
} from './state.ts'

/** What arrived, in the order it arrived. `status` is null where the connection was dropped. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json | undefined
  /** GitHub's operation id, `graphql`, or null for what the stand-in does not know. */
  readonly operation: string | null
  /** When it arrived, in milliseconds of the clock. */
  readonly at: number
  status: number | null
}

export interface NewToken {
  readonly permissions?: Permissions
  /** `installation` (a workflow's token) unless told. */
  readonly kind?: Token['kind']
  /** `github-actions[bot]` unless told. */
  readonly login?: string
  /** Requests left in this hour: 1,000 as a workflow's token has. */
  readonly remaining?: number
}

export interface GithubOptions {
  readonly now?: () => Date
  /** 0, any free port, unless told. */
  readonly port?: number
  /** GitHub's secondary limits are off unless told. */
  readonly limits?: LimitOptions
  /** `/api/v3` for an Enterprise Server, whose GraphQL endpoint is `/api/graphql`; none unless told. */
  readonly apiPrefix?: '/api/v3'
  /** PEM of a certificate for `localhost`, and of its key: served over https. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** A workflow's own app, by GitHub's number. */
const actionsApp = 15_368
const maxBodyBytes = 50 * 1024 * 1024

/** Starts a stand-in for GitHub on a free port of this machine. Disposing it fails if GitHub's description was violated. */
export async function startGitHub(options: GithubOptions = {}): Promise<StandInGithub> {
  const directory = await mkdtemp(join(tmpdir(), 'github-'))
  const github = new StandInGithub(directory, newWorld(options.now ?? (() => new Date())), options)
  await github.listen(options.port ?? 0)
  return github
}

export class StandInGithub {
  readonly requests: LoggedRequest[] = []
  readonly violations: string[] = []
  readonly world: World
  readonly #directory: string
  readonly #faults = new Faults()
  readonly #server: Server
  readonly #limits: SecondaryLimits | null
  readonly #prefix: string
  readonly #scheme: 'http' | 'https'

  constructor(directory: string, world: World, options: GithubOptions = {}) {
    this.#directory = directory
    this.#limits = options.limits === undefined ? null : new SecondaryLimits(options.limits)
    this.#prefix = options.apiPrefix ?? ''
    this.#scheme = options.tls === undefined ? 'http' : 'https'
    this.world = world
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(`the stand-in broke on ${request.method} ${request.url}: ${String(error)}`)
        response.destroy()
      })
    }
    this.#server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener)
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    const host = this.#scheme === 'https' ? 'localhost' : '127.0.0.1'
    this.world.base = `${this.#scheme}://${host}:${(this.#server.address() as AddressInfo).port}`
  }

  /** Root of the API, as `GITHUB_API_URL` holds it. */
  get url(): string {
    return `${this.world.base}${this.#prefix}`
  }

  /** The path below the root of the API; null outside of it. */
  #pathOf({ pathname }: URL): string | null {
    if (this.#prefix === '') return pathname
    if (pathname === '/api/graphql') return '/graphql'
    const isBelow = pathname.startsWith(`${this.#prefix}/`) && pathname !== `${this.#prefix}/graphql`
    return isBelow ? pathname.slice(this.#prefix.length) : null
  }

  async repository(wanted: NewRepository = {}): Promise<StandInRepository> {
    const name = wanted.name ?? `widgets-${this.world.repositories.size + 1}`
    const git = await GitRepository.create(this.#directory, name)
    const repository = await StandInRepository.create(this.world, git, { ...wanted, name })
    this.world.repositories.set(fullNameOf(repository.state), repository.state)
    return repository
  }

  /** A token with exactly these permissions; those of a workflow that may review, unless told. */
  token(wanted: NewToken = {}): string {
    const kind = wanted.kind ?? 'installation'
    const value = `${kind === 'personal' ? 'ghp' : 'ghs'}_${randomBytes(18).toString('hex')}`
    const login = wanted.login ?? (kind === 'personal' ? 'maintainer' : 'github-actions[bot]')
    this.world.tokens.set(value, {
      value,
      kind,
      user: userOf(this.world, login),
      permissions: wanted.permissions ?? { contents: 'read', 'pull-requests': 'write', checks: 'write' },
      appId: kind === 'app' ? this.world.nextId() : actionsApp,
      remaining: wanted.remaining ?? 1000,
    })
    return value
  }

  inject(injection: Injection): void {
    this.#faults.add(injection)
  }

  /** How often something went wrong as injected. */
  get struck(): number {
    return this.#faults.struck
  }

  /** Nothing more goes wrong. */
  calm(): void {
    this.#faults.clear()
  }

  /** The payload of `workflow_dispatch` on the default branch. */
  dispatchEvent(repository: StandInRepository, inputs: Readonly<Record<string, string>>): JsonObject {
    return checkedPayload('workflow-dispatch', {
      ref: 'refs/heads/main',
      workflow: '.github/workflows/review.yml',
      inputs: { ...inputs },
      repository: repositoryJson(this.world, repository.state),
      sender: userJson(this.world, userOf(this.world, repository.state.owner)),
    })
  }

  /** Throws with every request and answer that GitHub's description does not allow. */
  assertNoViolations(): void {
    if (this.violations.length === 0) return
    throw new Error(`GitHub's description was violated:\n${this.violations.join('\n')}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
    await rm(this.#directory, { recursive: true, force: true })
    this.assertNoViolations()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.world.base)
    const text = await bodyOf(request)
    const method = request.method ?? 'GET'
    const path = this.#pathOf(url)
    const isGraphql = path === '/graphql'
    const match = isGraphql || path === null ? null : matchRoute(method, path)
    const logged: LoggedRequest = {
      method,
      path: url.pathname,
      query: url.search,
      headers: request.headers as Record<string, string>,
      body: parsed(text),
      operation: isGraphql ? 'graphql' : (match?.operation.id ?? null),
      at: Date.now(),
      status: null,
    }
    this.requests.push(logged)
    const limited = this.#limits?.charge(logged) ?? null
    if (limited !== null) {
      logged.status = limited.status
      send(request, response, limited)
      return
    }
    const fault = this.#faults.strike({ method, path: url.pathname, body: text })
    if (await this.#struckBefore(fault, { response, logged })) return
    const answer = await this.#answer({ logged, url, match, authorization: request.headers.authorization })
    if (fault === 'store-then-drop') {
      response.destroy()
      return
    }
    const sent = typeof fault === 'string' ? (lostAnswers[fault] ?? answer) : answer
    logged.status = send(request, response, sent)
    // An answer that changed nothing is not counted: "Best practices for using the REST API" of GitHub's documentation.
    const token = this.#tokenOf(request.headers.authorization)
    if (logged.status === 304 && token !== null) token.remaining += 1
  }

  /** True if the fault has already answered, or has cut the line. */
  async #struckBefore(
    fault: Fault | null,
    { response, logged }: { response: ServerResponse; logged: LoggedRequest },
  ): Promise<boolean> {
    if (fault === 'drop') {
      response.destroy()
      return true
    }
    if (fault === null || typeof fault === 'string') return false
    if ('delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if ('before' in fault) await fault.before()
    if (!('status' in fault)) return false
    logged.status = fault.status
    response.writeHead(fault.status, { 'content-type': 'application/json; charset=utf-8', ...fault.headers })
    response.end(JSON.stringify(fault.body ?? { message: 'Server Error' }))
    return true
  }

  async #answer(arrived: {
    logged: LoggedRequest
    url: URL
    match: Match | null
    authorization: string | undefined
  }): Promise<Answer> {
    const { logged, url, match } = arrived
    const token = this.#tokenOf(arrived.authorization)
    if (token === null)
      return refusal(
        new Refusal(401, arrived.authorization === undefined ? 'Requires authentication' : 'Bad credentials'),
      )
    if (token.remaining <= 0) return limitReached(token)
    token.remaining -= 1
    const limit = limitHeaders(token)
    if (logged.operation === 'graphql') {
      const answer = await answerGraphql(this.world, token, logged.body ?? null)
      this.#collect(logged, answer.violations)
      return { status: 200, body: answer.body, headers: limit }
    }
    if (match === null) {
      this.violations.push(`${logged.method} ${logged.path} is not an operation that the stand-in knows`)
      return refusal(new Refusal(404, 'Not Found'))
    }
    const exchange = { query: url.searchParams, body: logged.body }
    this.#collect(logged, requestViolations(match.operation, exchange))
    const call: Call = {
      world: this.world,
      method: logged.method,
      path: url.pathname,
      query: url.searchParams,
      accept: logged.headers.accept ?? '',
      body: isObject(logged.body) ? logged.body : {},
      token,
      parameters: match.parameters,
    }
    const answer = await handle(match, call)
    if (answer.raw === undefined)
      this.#collect(logged, answerViolations(match.operation, answer.status, answer.body))
    return { ...answer, headers: { ...limit, ...answer.headers } }
  }

  #collect(logged: LoggedRequest, found: readonly string[]): void {
    this.violations.push(
      ...found.map((problem) => `${logged.method} ${logged.path} (${logged.operation}): ${problem}`),
    )
  }

  #tokenOf(authorization: string | undefined): Token | null {
    const value = /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1] ?? ''
    return this.world.tokens.get(value) ?? null
  }
}

/** What is answered in place of the answer to a request that was carried out. */
const lostAnswers: Readonly<Record<string, Answer>> = {
  'store-then-502': { status: 502, body: { message: 'Server Error' } },
  'store-then-422': {
    status: 422,
    body: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'], status: '422' },
  },
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new Error('a request larger than GitHub takes')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): Json | undefined {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Reading anything of a repository asks for the right to read; writing asks for the right to write. */
function mayUse(token: Token, operation: string, needs: readonly [PermissionName, Access]): boolean {
  const [name, access] = needs
  if (name === 'metadata') return true
  // A conversation's comments belong to issues and to pull requests alike.
  const names: PermissionName[] = operation.startsWith('issues/') ? [name, 'issues'] : [name]
  return names.some((one) => {
    const granted = token.permissions[one] ?? 'none'
    return granted === 'write' || granted === access
  })
}

async function handle(match: Match, call: Call): Promise<Answer> {
  try {
    const { needs } = match.route
    if (needs !== undefined && !mayUse(call.token, match.operation.id, needs)) throw notAccessible()
    const repository = call.world.repositories.get(`${match.parameters.owner}/${match.parameters.repo}`)
    if (repository?.archived === true && call.method !== 'GET') {
      throw new Refusal(403, 'Repository was archived so is read-only.')
    }
    return await match.route.handle(call)
  } catch (error) {
    if (error instanceof Refusal) return refusal(error)
    throw error
  }
}

function refusal(error: Refusal): Answer {
  return { status: error.status, body: error.body }
}

function limitHeaders(token: Token): Record<string, string> {
  return {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': String(token.remaining),
    'x-ratelimit-used': String(1000 - token.remaining),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
  }
}

function limitReached(token: Token): Answer {
  const body = {
    message: 'API rate limit exceeded for installation ID 1.',
    documentation_url: 'https://docs.github.com/rest',
  }
  return { status: 403, body, headers: limitHeaders(token) }
}

/** Gives back the status that was sent. */
function send(request: IncomingMessage, response: ServerResponse, answer: Answer): number {
  const bytes =
    answer.raw?.bytes ??
    (answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body)))
  const etag = `W/"${createHash('sha256').update(bytes).digest('hex')}"`
  const headers = {
    'content-type': answer.raw?.type ?? 'application/json; charset=utf-8',
    'x-github-request-id': randomBytes(8).toString('hex'),
    'x-github-media-type': 'github.v3; format=json',
    ...answer.headers,
  }
  if (request.method === 'GET' && answer.status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ...headers, etag }).end()
    return 304
  }
  response.writeHead(answer.status, {
    ...headers,
    ...(answer.status === 200 ? { etag } : {}),
    'content-length': bytes.length,
  })
  response.end(bytes)
  return answer.status
}
