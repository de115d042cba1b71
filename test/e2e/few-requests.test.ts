import { afterAll, beforeAll, expect, test } from 'vitest'
import { Life, type Stage, startStage } from '../support/e2e/life.ts'
import type { LoggedRequest } from '../support/github/start-github.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** Requests of a run with nothing new, beyond those for the diff itself. */
const most = 20

/** `count` files of which `flawed` hold what is flagged without a model: a model tells few flaws at once. */
function files(from: number, count: number, flawed: number): Record<string, string> {
  const texts = Array.from({ length: count }, (_, index): [string, string] => {
    const name = `src/part-${String(from + index).padStart(3, '0')}.js`
    const flaw = index < flawed ? 'export const run = (code) => eval(code)\n' : ''
    return [name, `export const part${from + index} = ${from + index}\n${flaw}`]
  })
  return Object.fromEntries(texts)
}

function isForDiff({ operation, headers }: LoggedRequest): boolean {
  return (
    operation === 'pulls/list-files' ||
    (operation === 'pulls/get' && headers.accept?.includes('diff') === true)
  )
}

function isWrite({ method, operation, body }: LoggedRequest): boolean {
  if (operation !== 'graphql') return method !== 'GET'
  return JSON.stringify(body).includes('"mutation')
}

test('250 files and 100 open threads of ours: a run with nothing new asks GitHub a few times', {
  timeout: 300_000,
}, async () => {
  const baseFiles = {
    'AGENTS.md': 'Prefer names over comments.\n',
    'src/AGENTS.md': 'Prefer constants.\n',
    'CONTRIBUTING.md': 'Write tests.\n',
    '.gitattributes': '*.lock linguist-generated\n',
    '.github/ai-review/rules/a.yml':
      'id: no-a\nlanguage: typescript\nmessage: Do not.\nrule: { pattern: aaaa() }\n',
    '.github/ai-review/rules/b.yml':
      'id: no-b\nlanguage: typescript\nmessage: Do not.\nrule: { pattern: bbbb() }\n',
  }
  const life = await Life.start(stage, {
    baseFiles,
    policy: 'max-comments: 50\n',
    files: files(0, 125, 50),
  })
  await using _ = life
  const patience = { inputs: { 'deadline-minutes': '5' } }
  await life.open(patience)
  await life.push(files(125, 125, 50), patience)
  const threads = await life.threads()
  expect(threads).toHaveLength(100)
  expect(threads.filter((thread) => thread.endsWith(' open: us'))).toHaveLength(100)

  const before = life.github.requests.length
  await life.pull.push({})
  const run = await life.run(patience)
  const requests = life.github.requests.slice(before)
  const beyond = requests.filter((request) => !isForDiff(request))
  const shown = beyond.map(({ operation }) => operation).join(', ')
  process.stdout.write(`250 files, 100 open threads, nothing new: ${beyond.length} requests (${shown})\n`)
  expect(beyond.length).toBeLessThanOrEqual(most)
  expect(run.log).toContain(`GitHub was asked ${requests.length} times.`)
  expect(life.asked.calls).toBe(0)
  expect(requests.filter(isWrite).map(({ operation }) => operation)).toEqual([
    'checks/create',
    'checks/update',
  ])
  expect(await life.threads()).toEqual(threads)
  expect(life.conclusion()).toBe('success')
})
