import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startGitHub } from '../../support/github/start-github.ts'
import { type ActionRun, runAction } from '../../support/runner/run-action.ts'

const definition = `
name: probe
description: A probe
inputs:
  some-input: { description: An input, default: a default }
  other input: { description: An input }
  token: { description: A token, default: '\${{ github.token }}' }
runs: { using: node24, main: main.mjs }
`

/** Runs a small action that holds `source`. */
async function probe(source: string, options: Partial<ActionRun> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'probe-'))
  await using github = await startGitHub()
  const repository = await github.repository()
  const pull = await repository.openPullRequest()
  const token = github.token()
  await writeFile(join(directory, 'action.yml'), definition)
  await writeFile(join(directory, 'main.mjs'), source)
  const event = await pull.event('opened')
  const run = await runAction({
    action: directory,
    temporary: join(directory, 'run'),
    eventName: 'pull_request',
    event,
    github,
    token,
    ...options,
  })
  await rm(directory, { recursive: true })
  return { run, token, pull }
}

test('the environment is the runner’s and nothing else', async () => {
  const { run, token, pull } = await probe('process.stdout.write(JSON.stringify(process.env))')
  const environment = JSON.parse(run.stdout)
  expect(environment).toMatchObject({
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: `refs/pull/${pull.number}/merge`,
    GITHUB_SHA: pull.mergeCommit,
    'INPUT_SOME-INPUT': 'a default',
    INPUT_OTHER_INPUT: '',
    INPUT_TOKEN: token,
    RUNNER_OS: 'Linux',
  })
  const names = Object.keys(environment).filter((name) => !/^(GITHUB|RUNNER|INPUT)_/.test(name))
  expect(names.sort()).toEqual(['CI', 'HOME', 'PATH'])
  expect(environment).not.toHaveProperty('GITHUB_TOKEN')
  expect(run.log).not.toContain(token)
})

test('outputs, state, summary and exit code are read', async () => {
  const source = `
    import { appendFileSync } from 'node:fs'
    appendFileSync(process.env.GITHUB_OUTPUT, 'one=1\\ntwo<<END\\na\\nb=c\\nEND\\nthree=3\\n')
    appendFileSync(process.env.GITHUB_STATE, 'kept=yes\\n')
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Summary\\n')
    process.stderr.write('::error::Wrong\\n')
    process.exitCode = 3
  `
  const { run } = await probe(source)
  expect(run).toMatchObject({
    exitCode: 3,
    outputs: { one: '1', two: 'a\nb=c', three: '3' },
    state: { kept: 'yes' },
    summary: '# Summary\n',
    annotations: [{ level: 'error', message: 'Wrong' }],
    problems: [],
  })
})

test('a cancelled run gets SIGINT', async () => {
  const source = `
    process.on('SIGINT', () => { console.log('interrupted'); process.exit(0) })
    setInterval(() => {}, 1000)
    console.log('ready')
  `
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const onPrinted = (text: string) => {
    if (text.includes('ready')) resolve()
  }
  const { run } = await probe(source, { cancelWhen: ready, onPrinted })
  expect(run.log).toContain('interrupted')
  expect(run.exitCode).toBe(0)
})
