import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Effort } from '@ai-review/protocol/review'
import { ReviewError } from '../errors.ts'
import { effortNames, isEffort } from './effort-name.ts'
import type { EventParts } from './event.ts'
import { pullRequestNumber } from './payload.ts'
import { parseServerUrl } from './server-url.ts'

/** Everything that comes from outside the code, read once; nothing else looks at the environment. */
export interface Inputs {
  readonly serverUrl: string
  readonly apiKey?: string
  /** No key was given, and GitHub hands this run a token of its own for the server. */
  readonly hasRunToken: boolean
  readonly githubToken: string
  readonly deadlineMs: number
  readonly policyPath: string
  readonly effort?: Effort
  readonly failOnError: boolean
  readonly event: EventParts
  readonly isSelfHosted: boolean
  readonly repository: { readonly owner: string; readonly name: string }
  readonly apiUrl: string
  readonly workspace: string
  readonly temporary: string
  readonly searchPath: string
  /** Names this run and attempt, and no other: it stands in the mark of the review and in the check. */
  readonly run: string
  readonly proxy: { readonly httpProxy?: string; readonly httpsProxy?: string; readonly noProxy?: string }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where a policy is looked for unless the workflow says otherwise; here it may be missing. */
export const defaultPolicyPath = '.github/ai-review.yml'

/** What people write after `@` to talk to the reviewer. */
const defaultMentionName = 'tech-lead-bot'

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads: payloads are capped at 25 MB. */
const maxEventBytes = 26 * 1024 * 1024

/** Reads inputs and environment of a step. Throws `bad-input` or `bad-event` with the first thing to mend. */
export function readInputs(env: Environment): Inputs {
  const githubToken = input(env, 'github-token')
  if (githubToken === '')
    throw badInput('github-token', 'is empty', 'Leave it out to use the token of the job.')
  const apiKey = input(env, 'api-key')
  const effort = readEffort(input(env, 'effort'))
  return Object.freeze({
    serverUrl: parseServerUrl(input(env, 'server-url')),
    ...(apiKey === '' ? {} : { apiKey: readApiKey(apiKey) }),
    // The runner sets it for jobs with "id-token: write".
    hasRunToken: apiKey === '' && (env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '') !== '',
    githubToken,
    deadlineMs: readDeadline(input(env, 'deadline-minutes')),
    policyPath: readPolicyPath(input(env, 'policy-path')),
    ...(effort === undefined ? {} : { effort }),
    failOnError: readFlag(env, 'fail-on-error'),
    event: readEvent(env),
    isSelfHosted: env.RUNNER_ENVIRONMENT === 'self-hosted',
    repository: readRepository(env),
    apiUrl: readApiUrl(env),
    workspace: variable(env, 'GITHUB_WORKSPACE'),
    temporary: variable(env, 'RUNNER_TEMP'),
    searchPath: env.PATH ?? '',
    run: `${variable(env, 'GITHUB_RUN_ID')}-${env.GITHUB_RUN_ATTEMPT ?? '1'}-${randomBytes(6).toString('hex')}`,
    proxy: readProxy(env),
  })
}

/** What must never be shown, whatever the rest of the inputs is worth: masked before anything else is read. */
export function secretsOf(env: Environment): string[] {
  return [input(env, 'github-token'), input(env, 'api-key')].filter((secret) => secret !== '')
}

function input(env: Environment, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

function variable(env: Environment, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') {
    throw new ReviewError('bad-event', `The environment variable ${name} is missing.`, {
      hint: 'Run the Action in a job of GitHub Actions: the runner sets this variable.',
    })
  }
  return value
}

function readApiKey(key: string): string {
  // Anything else cannot stand in a header, and would fail later with the key in the message.
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw badInput('api-key', 'holds a character that cannot be sent', 'Use letters, digits and ASCII signs.')
}

function readDeadline(text: string): number {
  const minutes = text === '' ? 10 : Number(/^\d+(?:\.\d+)?$/.test(text) ? text : Number.NaN)
  if (minutes >= 1 && minutes <= 360) return minutes * 60_000
  throw badInput('deadline-minutes', 'is not a number of minutes from 1 to 360', 'Write a number such as 10.')
}

function readPolicyPath(text: string): string {
  const path = text === '' ? defaultPolicyPath : text
  const hasOddPart = path.split('/').some((part) => part === '' || part === '.' || part === '..')
  if (path.length <= 500 && !/[\\\p{Cc}]/u.test(path) && !hasOddPart) return path
  throw badInput(
    'policy-path',
    'is not a path inside the repository',
    'Write it from the root, with slashes, such as .github/ai-review.yml.',
  )
}

function readEffort(text: string): Effort | undefined {
  if (text === '') return undefined
  if (isEffort(text)) return text
  throw badInput('effort', 'has an unknown value', `Use one of ${effortNames.join(', ')}, or leave it out.`)
}

function readFlag(env: Environment, name: string): boolean {
  const text = input(env, name)
  if (text === '' || text === 'false') return false
  if (text === 'true') return true
  throw badInput(name, 'is neither true nor false', 'Write true or false.')
}

function readRepository(env: Environment): Inputs['repository'] {
  const [owner, name, rest] = variable(env, 'GITHUB_REPOSITORY').split('/')
  if (owner && name && rest === undefined) return { owner, name }
  throw new ReviewError('bad-event', 'The environment variable GITHUB_REPOSITORY is not "owner/name".', {
    hint: 'Run the Action in a job of GitHub Actions: the runner sets this variable.',
  })
}

function readApiUrl(env: Environment): string {
  const text = env.GITHUB_API_URL || 'https://api.github.com'
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '')
  throw new ReviewError('bad-event', 'The environment variable GITHUB_API_URL is not an address.', {
    hint: 'Run the Action in a job of GitHub Actions: the runner sets this variable.',
  })
}

function readEvent(env: Environment): EventParts {
  const text = input(env, 'pull-request')
  const number = pullRequestNumber(text)
  if (text !== '' && number === null) {
    throw badInput('pull-request', 'is not the number of a pull request', 'Write a number such as 12.')
  }
  return {
    name: variable(env, 'GITHUB_EVENT_NAME'),
    payload: readPayload(variable(env, 'GITHUB_EVENT_PATH')),
    ...(number === null ? {} : { pullRequest: number }),
    mentionName: readMentionName(input(env, 'mention-name')),
  }
}

function readMentionName(text: string): string {
  const name = text === '' ? defaultMentionName : text.replace(/^@/, '')
  if (/^(?=.{1,39}$)[a-z\d](?:[a-z\d]|-(?=[a-z\d]))*$/i.test(name)) return name
  throw badInput(
    'mention-name',
    'is not a name that GitHub would take for a mention',
    'Use at most 39 letters, digits and single dashes, such as tech-lead-bot.',
  )
}

function readPayload(path: string): unknown {
  try {
    if (statSync(path).size <= maxEventBytes) return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Told below: the parser's own message would quote the payload.
  }
  throw new ReviewError('bad-event', 'The event payload cannot be read.', {
    hint: 'Check that the file GITHUB_EVENT_PATH names is the one the runner wrote.',
  })
}

function readProxy(env: Environment): Inputs['proxy'] {
  const httpProxy = env.http_proxy || env.HTTP_PROXY
  const httpsProxy = env.https_proxy || env.HTTPS_PROXY
  const noProxy = env.no_proxy || env.NO_PROXY
  return { ...(httpProxy && { httpProxy }), ...(httpsProxy && { httpsProxy }), ...(noProxy && { noProxy }) }
}

function badInput(name: string, what: string, hint: string): ReviewError {
  return new ReviewError('bad-input', `The input ${name} ${what}.`, { hint })
}
