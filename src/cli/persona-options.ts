import { parseArgs } from 'node:util'
import { ReviewError } from '../errors.ts'
import type { PersonaName } from '../roles.ts'

const commands = ['show', 'train', 'promote', 'return', 'forget'] as const
type PersonaCommand = (typeof commands)[number]

export const personaUsage = `Usage: ai-review persona COMMAND OWNER/REPO LOGIN --server URL [options]

  show      what the server keeps of the persona, and the versions of its adapter
  train     trains an adapter on the history that the server has, and waits for it
  promote   lets a version take all pull requests: --version a-0123456789ab
  return    brings the version before back; with --version none, takes all versions out
  forget    removes everything of the persona: history, adapters, consent

  --server URL           model server (default: AI_REVIEW_SERVER_URL), its key in AI_REVIEW_API_KEY or --api-key
  --api-key KEY          key of the server; the variable keeps it out of the list of processes
  --repository-id NUMBER needed to train, promote and return: gh api repos/OWNER/REPO --jq .id
  --person-id NUMBER     needed to train, promote and return: gh api users/LOGIN --jq .id
  --version NAME         version to promote; with return, only none
  --force                train also when nothing has changed since the last version
  --json                 print what the server answered

Exit codes: 0 done · 2 it could not be done`

export interface PersonaOptions {
  readonly command: PersonaCommand
  /** Numbers are 0 where the command needs none. */
  readonly persona: PersonaName
  readonly server: { readonly url: string; readonly apiKey?: string }
  /** What is to serve, for `promote` and `return`. */
  readonly to: string
  readonly force: boolean
  readonly json: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const known = {
  server: text,
  'api-key': text,
  'repository-id': text,
  'person-id': text,
  version: text,
  force: flag,
  json: flag,
  help: { ...flag, short: 'h' },
} as const

/** Reads what follows `persona`. Throws a ReviewError `bad-input` that names the option; 'help' when help is asked for. */
export function readPersonaOptions(args: readonly string[], env: Environment): PersonaOptions | 'help' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  const [first, place = '', login = '', ...rest] = positionals
  const command = commands.find((each) => each === first)
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(place) ?? []
  if (command === undefined) throw bad(`The command must be one of ${commands.join(', ')}.`)
  if (owner === undefined || name === undefined) throw bad('The repository must be named as OWNER/REPO.')
  if (!/^[\w-]{1,39}$/.test(login) || rest.length > 0) throw bad('One login must be named, without "@".')
  const isWriting = command !== 'show' && command !== 'forget'
  const numberOf = (option: 'repository-id' | 'person-id') =>
    isWriting ? positive(`--${option}`, values[option]) : 0
  return {
    command,
    persona: {
      repository: { id: numberOf('repository-id'), owner, name },
      person: { id: numberOf('person-id'), login },
    },
    server: serverOf(values.server ?? env.AI_REVIEW_SERVER_URL, values['api-key'] ?? env.AI_REVIEW_API_KEY),
    to: versionOf(command, values.version),
    force: values.force ?? false,
    json: values.json ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (cause) {
    throw bad(cause instanceof Error ? cause.message.replace(/\.?$/, '.') : 'The options cannot be read.')
  }
}

function versionOf(command: PersonaCommand, version: string | undefined): string {
  if (command === 'return' && (version === undefined || version === 'none')) return version ?? 'previous'
  if (command === 'promote' && /^a-[0-9a-f]{12}$/.test(version ?? '')) return version ?? ''
  if (command !== 'promote' && version === undefined) return ''
  throw bad('--version must be a name such as a-0123456789ab with promote, and none or left out with return.')
}

function positive(option: string, value: string | undefined): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw bad(`${option} must be the number that GitHub knows it by.`)
}

function serverOf(url: string | undefined, apiKey: string | undefined): PersonaOptions['server'] {
  const protocol = url !== undefined && URL.canParse(url) ? new URL(url).protocol : ''
  if (url === undefined || (protocol !== 'http:' && protocol !== 'https:')) {
    throw bad('--server must be an http:// or https:// URL.')
  }
  const root = url.replace(/\/+$/, '')
  return apiKey === undefined || apiKey === '' ? { url: root } : { url: root, apiKey }
}

function bad(message: string): ReviewError {
  return new ReviewError('bad-input', message, {
    hint: 'Run "ai-review persona --help" for the commands and options.',
  })
}
