import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { usage as demoUsage } from '../../bench/demo/options.ts'
import { usage as cliUsage } from '../../src/cli/options.ts'
import { personaUsage } from '../../src/cli/persona-options.ts'
import { parsePolicy } from '../../src/review/parse-policy.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
]
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

function blocks(path: string, language: string): string[] {
  return [...read(path).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  )
}

/**
 * Commands that documents may show: each either runs here or in the script that checks every change. Docker has no
 * engine here; its files are compared with what they call in the tests of runner/docker.
 */
const known: readonly [RegExp, (match: RegExpExecArray) => void][] = [
  [/^npm ci$/, () => expect(read('.ci/run')).toContain('npm ci')],
  [/^npm (?:run )?([\w:]+)(?: -- (.*))?$/, ([, script = '', options = '']) => expectScript(script, options)],
  [/^npx ai-review persona (.*)$/, ([, options = '']) => expectOptions(options, personaUsage)],
  [/^npx ai-review(.*)$/, ([, options = '']) => expectOptions(options, cliUsage)],
  [
    /^exec \/path\/to\/ai-review-action\/([\w/.-]+)(.*)$/,
    ([, file = '', options = '']) => {
      expect(existsSync(join(root, file))).toBe(true)
      expectOptions(options, cliUsage)
    },
  ],
  [/^node ([\w/.-]+)(?: .*)?$/, ([, file = '']) => expect(existsSync(join(root, file))).toBe(true)],
  // A secret of the operator's own: 64 characters, of which the configuration wants 32.
  [/^openssl rand -hex 32 > ~\/[\w.-]+$/, () => {}],
  [/^cd ([\w/]+)$/, ([, folder = '']) => expect(existsSync(join(root, folder))).toBe(true)],
  [
    /^(?:[A-Z_]+=(?:"[^"]*"|\S*(?:\([^)]*\))?) )+(?:docker compose up.*|node ([\w/.-]+)|npm run ([\w:]+).*)$/,
    ([, file, script]) => {
      if (file !== undefined) expect(existsSync(join(root, file))).toBe(true)
      if (script !== undefined) expectScript(script, '')
    },
  ],
  [
    /^docker (?:build|compose|run) .*$/,
    () => expect(existsSync(join(root, 'runner/docker/compose.yaml'))).toBe(true),
  ],
]

function expectScript(script: string, options: string): void {
  expect(Object.keys(scripts)).toContain(script)
  if (script === 'demo') expectOptions(options, demoUsage)
}

function expectOptions(text: string, usage: string): void {
  for (const [option] of text.matchAll(/--[\w-]+/g)) expect(usage).toContain(option)
}

/** What GitHub would find in a workflow, or in a piece of one; what we would in a policy. */
async function faultsOf(text: string): Promise<string[]> {
  const keys = Object.keys(parse(text))
  // The test of the rules' own page runs the rule that it shows.
  if (keys.includes('rule')) return []
  if (!keys.includes('jobs') && !keys.includes('permissions')) {
    return parsePolicy(text, 'a policy').problems.map(({ message }) => message)
  }
  const job = 'jobs:\n  review:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: "true"\n'
  const whole = keys.includes('jobs') ? text : `on: pull_request\n${text}${job}`
  const document = TextDocument.create(`file:///.github/workflows/${++shown}.yml`, 'yaml', 1, whole)
  return (await validate(document)).map(({ message }) => String(message))
}
let shown = 0

function checkCommand(line: string): void {
  const rule = known.find(([pattern]) => pattern.test(line))
  if (rule === undefined) throw new Error(`no test knows the command: ${line}`)
  const match = rule[0].exec(line)
  if (match !== null) rule[1](match)
}

describe.each(documents)('%s', (path) => {
  it('shows only commands that exist', () => {
    const lines = blocks(path, 'sh')
      .join('\n')
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(() => lines.forEach(checkCommand)).not.toThrow()
  })

  it('shows only workflows and policies that are valid', async () => {
    for (const text of blocks(path, 'yaml')) expect(await faultsOf(text)).toEqual([])
  })

  it('links to what exists', () => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(
      ([, target = '']) => target,
    )
    expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
  })
})

describe('docs/setup.md', () => {
  it('names every example workflow', () => {
    const named = readdirSync(join(root, 'examples/workflows')).filter(
      (name) => !read('docs/setup.md').includes(`examples/workflows/${name}`),
    )
    expect(named).toEqual([])
  })
})

describe('docs/permissions.md', () => {
  it('shows the permissions of the minimal workflow', () => {
    const [shown = ''] = blocks('docs/permissions.md', 'yaml')
    expect(parse(shown)).toEqual({ permissions: parse(read('examples/workflows/minimal.yml')).permissions })
  })
})

describe('README.md', () => {
  const [workflow, policy] = blocks('README.md', 'yaml')

  it('shows the minimal workflow as it is', () => {
    expect(workflow).toBe(read('examples/workflows/minimal.yml'))
  })

  it('shows a policy that is one', () => {
    expect(parsePolicy(policy ?? '', '.github/ai-review.yml').problems).toEqual([])
    expect(Object.keys(parse(policy ?? ''))).not.toHaveLength(0)
  })

  it('sends the reader to help that the program gives', () => {
    const shown = execFileSync(process.execPath, [join(root, 'bin/ai-review.js'), '--help'], {
      encoding: 'utf8',
    })
    expect(shown.trim()).toBe(cliUsage)
  })
})

describe('ARCHITECTURE.md', () => {
  it('stays a map of at most 120 lines', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(121)
  })
})

describe.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s', (path) => {
  it('names no folder or file in code that is not there', () => {
    const named = [
      ...read(path).matchAll(
        /(?<![\w./-])((?:src|runner|bench|test|docs|examples|scripts|schema)\/[\w./-]*[\w/])/g,
      ),
    ]
    expect(
      named.map(([, target = '']) => target).filter((target) => !existsSync(join(root, target))),
    ).toEqual([])
  })
})
