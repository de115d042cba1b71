import { parseArgs } from 'node:util'

export const usage = `Usage: npm run demo -- [options]

Reviews a pull request on a stand-in for GitHub: the sample one, or the last commits of a repository of yours.

  --repo PATH          a local repository, reviewed from --base to --head
  --base REF           where its branch would be merged (default: main)
  --head REF           end of the branch (default: HEAD)
  --model FILE_OR_HUB  a GGUF file, or hf:owner/repository:file; without it the rules alone review
  --output FOLDER      where the page goes (default: demo-output)
  --help               show this text`

export interface DemoOptions {
  readonly change:
    | { readonly kind: 'sample' }
    | { readonly kind: 'local'; readonly path: string; readonly base: string; readonly head: string }
  readonly model?: string
  readonly output: string
}

/** Reads the command line; 'help' when help is asked for. Throws a TypeError with a sentence for the reader. */
export function readOptions(args: readonly string[]): DemoOptions | 'help' {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: text,
      base: text,
      head: text,
      model: text,
      output: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return 'help'
  if (values.repo === undefined && (values.base ?? values.head) !== undefined) {
    throw new TypeError('--base and --head belong to --repo: name the repository.')
  }
  return {
    change:
      values.repo === undefined
        ? { kind: 'sample' }
        : { kind: 'local', path: values.repo, base: values.base ?? 'main', head: values.head ?? 'HEAD' },
    output: values.output ?? 'demo-output',
    ...(values.model === undefined ? {} : { model: values.model }),
  }
}
