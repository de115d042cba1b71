import { parseArgs } from 'node:util'
import { Severity, severities } from '@ai-review/protocol/finding'
import { Effort, efforts } from '@ai-review/protocol/review'
import { ReviewError } from '../errors.ts'

export const usage = `Usage: ai-review [options]

Reviews the commits of the local branch that its base does not have. Nothing is posted anywhere.
"ai-review persona --help" tells how to look after the personas of a model server.

  --repo PATH          repository to review (default: this folder)
  --base REF           what the branch will be merged into (default: the remote's main branch)
  --head REF           end of the branch (default: HEAD)
  --server URL         model server to ask, with its key in AI_REVIEW_API_KEY
                       (default: AI_REVIEW_SERVER_URL, else a server started for this run)
  --model FILE_OR_HUB  model for the server started for this run: a GGUF file, or hf:owner/repository:file
  --effort LEVEL       ${efforts.join(', ')}
  --deadline MINUTES   when to stop waiting (default: 10)
  --fail-on SEVERITY   ${severities.join(', ')} or never (default: high)
  --json               print the findings as JSON and nothing else on standard output
  --help               show this text

Exit codes: 0 nothing at or above --fail-on · 1 something was found · 2 the review could not be done or is not whole`

export interface CliOptions {
  readonly repository: string
  readonly base?: string
  readonly head: string
  readonly server?: { readonly url: string; readonly apiKey?: string }
  readonly model?: string
  readonly effort?: Effort
  readonly deadlineMs: number
  readonly failOn: Severity | 'never'
  readonly json: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line. Throws a ReviewError `bad-input` that names the option; 'help' when help is asked for. */
export function readOptions(args: readonly string[], env: Environment): CliOptions | 'help' {
  const values = parse(args)
  if (values.help) return 'help'
  const server = values.server ?? env.AI_REVIEW_SERVER_URL
  if (server !== undefined && values.model !== undefined) {
    throw badOption(
      '--model',
      'is for a server started for this run; leave out --server and AI_REVIEW_SERVER_URL',
    )
  }
  return {
    repository: values.repo ?? '.',
    head: values.head ?? 'HEAD',
    deadlineMs: minutes(values.deadline ?? '10') * 60_000,
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'high', [...Severity.options, 'never'] as const),
    json: values.json ?? false,
    ...(values.base === undefined ? {} : { base: values.base }),
    ...(values.model === undefined ? {} : { model: values.model }),
    ...(values.effort === undefined ? {} : { effort: oneOf('--effort', values.effort, Effort.options) }),
    ...(server === undefined ? {} : { server: serverOf(server, env.AI_REVIEW_API_KEY) }),
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        repo: text,
        base: text,
        head: text,
        server: text,
        model: text,
        effort: text,
        deadline: text,
        'fail-on': text,
        json: flag,
        help: { ...flag, short: 'h' },
      },
    }).values
  } catch (cause) {
    throw new ReviewError(
      'bad-input',
      cause instanceof Error ? cause.message.replace(/\.?$/, '.') : 'The options cannot be read.',
      {
        hint: 'Run "ai-review --help" for the options.',
        cause,
      },
    )
  }
}

function serverOf(url: string, apiKey: string | undefined): { url: string; apiKey?: string } {
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol !== 'http:' && protocol !== 'https:')
    throw badOption('--server', 'must be an http:// or https:// URL')
  return apiKey === undefined ? { url } : { url, apiKey }
}

function minutes(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 360))
    throw badOption('--deadline', 'must be a number of minutes above 0, at most 360')
  return value
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value)
  if (found === undefined) throw badOption(option, `must be one of ${allowed.join(', ')}`)
  return found
}

function badOption(option: string, problem: string): ReviewError {
  return new ReviewError('bad-input', `${option} ${problem}.`, {
    hint: 'Run "ai-review --help" for the options.',
  })
}
