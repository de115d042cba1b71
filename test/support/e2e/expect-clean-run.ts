import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { FinishedRun } from '../runner/run-action.ts'
import { injected, type Scene } from './scene.ts'

/** All that the Action ever says to the runner in its log. */
const ownCommands = new Set(['add-mask', 'debug', 'error', 'group', 'endgroup', 'notice', 'warning'])

/**
 * What holds after every run, however it ended: the log carries no command of somebody else's and no text of the
 * change, no secret stands in anything sent or printed, each head has at most one review and one finished check.
 */
export async function expectCleanRun(
  run: FinishedRun,
  scene: Scene,
  secrets: readonly string[] = [],
): Promise<void> {
  expect(run.commands.filter(({ grammar, name }) => grammar === 'legacy' || !ownCommands.has(name))).toEqual(
    [],
  )
  expect(run.stdout + run.stderr).not.toContain(injected)
  expect(run.problems).toEqual([])
  await expectNoSecret(run, scene, [scene.token, ...secrets])
  expectOneOfEach(scene)
}

async function expectNoSecret(run: FinishedRun, scene: Scene, secrets: readonly string[]): Promise<void> {
  const files = [run.outputs['findings-json'], run.outputs['findings-sarif']].filter(
    (path) => path !== undefined && path !== '',
  )
  const texts = [
    // Telling the runner what to mask is the one place where a secret is printed.
    ...(run.stdout + run.stderr).split('\n').filter((line) => !line.startsWith('::add-mask::')),
    run.log,
    run.summary,
    JSON.stringify(run.outputs),
    JSON.stringify(run.state),
    ...scene.github.requests.map((request) => JSON.stringify([request.path, request.query, request.body])),
    ...(await Promise.all(files.map((path) => readFile(String(path), 'utf8')))),
  ]
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([])
}

function expectOneOfEach({ repository, pull }: Scene): void {
  const unfinished = repository.state.checkRuns.filter(({ status }) => status !== 'completed')
  expect(unfinished).toEqual([])
  // GitHub makes a review without a body for each reply in a thread.
  const reviews = pull.reviews().flatMap(({ body, commit }) => (body === '' ? [] : [commit]))
  expect(reviews).toEqual([...new Set(reviews)])
  expect(pull.reviews().filter(({ state }) => state === 'PENDING')).toEqual([])
}
