import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { adapterStates, fewestComments, fewestForTraining, personaLimits } from '@ai-review/protocol/persona'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideCanary } from '../../runner/model-server/src/personas/adapter-choice.ts'
import { versionPart } from '../../runner/model-server/src/personas/card/version-part.ts'
import { judgeAdapter } from '../../runner/model-server/src/personas/gate/judge-adapter.ts'
import { readPersonaOptions } from '../../src/cli/persona-options.ts'
import { type ModelServerProcess, startModelServer } from '../support/model-server.ts'
import { plantedInput } from '../support/persona/planted-adapters.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/persona.md')

/** Cells of the table under this head, without its line of dashes. */
function rowsUnder(head: string): string[][] {
  const [, after] = page.split(`\n${head}\n`)
  if (after === undefined) throw new Error(`the page has no table "${head}"`)
  const [table = ''] = after.split('\n\n')
  return table
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const plain = (cell = ''): string => cell.replaceAll('`', '')

describe('docs/persona.md', () => {
  test('tells the limits that hold', () => {
    const told = new Map(rowsUnder('| limit | value |').map(([name = '', value]) => [name, value]))
    const numeral = (value: number) => value.toLocaleString('en-US')
    expect(Object.fromEntries(told)).toMatchObject({
      'comments from which a persona can speak': numeral(fewestComments),
      'comments from which an adapter is trained': numeral(fewestForTraining),
      'pull requests that are read': numeral(personaLimits.pullRequests),
      'comments that are kept': numeral(personaLimits.comments),
      'silences that are kept': numeral(personaLimits.silences),
      "colleagues' comments that are kept": numeral(personaLimits.colleagues),
      'characters of a comment': numeral(personaLimits.body),
      'characters of a hunk': numeral(personaLimits.hunk),
      'samples of each kind in one upload': numeral(personaLimits.chunk),
      'versions that are shown': numeral(personaLimits.versions),
    })
  })

  test('names every state of a version, in the words of the card', () => {
    const rows = rowsUnder('| state | on the card | meaning |')
    expect(rows.map(([state]) => plain(state))).toEqual([...adapterStates])
    for (const [index, state] of adapterStates.entries()) {
      const { text } = versionPart({
        name: 'a-0123456789ab',
        hash: '0'.repeat(64),
        baseModel: 'base',
        state,
        at: '2026-01-01T00:00:00Z',
        window: { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
        samples: { train: 70, validation: 15, test: 15, silences: 10 },
        gate: null,
        feedback: { good: 0, bad: 0 },
      })
      expect(text).toContain(`>${rows[index]?.[1]}</span>`)
    }
  })

  test('explains every measure, with what it may lose', async () => {
    const rows = rowsUnder('| measure | what it is | how to read it | may lose |')
    const { measures } = await judgeAdapter(plantedInput(({ base }) => base))
    expect(rows.map(([name]) => plain(name))).toEqual(measures.map(({ name }) => name))
    const source = read('runner/model-server/src/personas/gate/judge-adapter.ts')
    const [, margins = ''] = /const margins = \{([^}]*)\}/.exec(source) ?? []
    const told = Object.fromEntries(
      [...margins.matchAll(/(\w+): ([\d.]+)/g)].map(([, name = '', margin]) => [name, margin]),
    )
    expect(Object.fromEntries(rows.map(([name, , , margin]) => [plain(name), margin]))).toEqual({
      ...told,
      copied: '–',
      insults: '–',
    })
  })

  test.each(rowsUnder('| canary | live version | then |'))(
    'a canary with %s beside %s ends as the page says: %s',
    (canary, live, then) => {
      const countsOf = (cell = '') => {
        const [, good, bad] = /^(\d+) good, (\d+) bad$/.exec(cell) ?? []
        return { good: Number(good), bad: Number(bad) }
      }
      const words = { promote: 'live', return: 'refused', wait: 'waits' } as const
      expect(words[decideCanary(countsOf(canary), countsOf(live))]).toBe(then)
    },
  )

  test('lists routes that there are', () => {
    const { paths } = JSON.parse(read('runner/protocol/openapi.json')) as {
      paths: Record<string, Record<string, unknown>>
    }
    const persona = '/v1/personas/{owner}/{repository}/{login}'
    const told = rowsUnder('| request | what it does |').flatMap(([requests = '']) =>
      [...requests.matchAll(/`(\w+) ([^`]+)`/g)].map(([, method = '', path = '']) => ({
        method: method.toLowerCase(),
        path: path.replace('…', persona),
      })),
    )
    const open = told.filter(({ path }) => !path.startsWith('/cards/'))
    expect(open.length).toBeGreaterThan(7)
    for (const { method, path } of open) expect(Object.keys(paths[path] ?? {})).toContain(method)
  })
})

describe('the commands in docs/persona.md', () => {
  const commands = [...page.matchAll(/^npx ai-review persona (.+)$/gm)].map(([, words = '']) => words)
  let server: ModelServerProcess
  beforeAll(async () => {
    server = await startModelServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const environment = () => ({
    PATH: process.env.PATH,
    AI_REVIEW_SERVER_URL: server.url,
    AI_REVIEW_API_KEY: server.apiKey,
  })
  const run = async (words: string) => {
    const program = join(root, 'bin/ai-review.js')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'persona', ...words.split(' ')],
      { env: environment() },
    )
    return stdout
  }
  const commandOf = (first: string) => commands.find((words) => words.startsWith(`${first} `)) ?? ''

  test.each(commands)('ai-review persona %s has options that are read', (words) => {
    expect(readPersonaOptions(words.split(' '), environment())).toMatchObject({
      command: words.split(' ')[0],
    })
  })

  test('show and forget what the server keeps', async () => {
    const url = `${server.url}/v1/personas/acme/shop/maintainer`
    const agreed = await fetch(`${url}/consent`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        repository: { id: 1, owner: 'acme', name: 'shop' },
        person: { id: 2, login: 'maintainer' },
        consent: { kind: 'comment', reference: '5', at: '2026-01-01T00:00:00Z' },
      }),
    })
    expect(agreed.status).toBe(200)
    expect(await run(commandOf('show'))).toContain('maintainer in acme/shop: collecting')
    expect(await run(commandOf('forget'))).toContain('Forgotten')
    expect(await run(commandOf('show'))).toContain('maintainer in acme/shop: withdrawn')
  })
})
