import { readFile } from 'node:fs/promises'
import { severities } from '@ai-review/protocol/finding'
import { expect, test } from 'vitest'
import { parseMarks } from '../../src/review/marker.ts'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { liveParts } from '../support/e2e/live-parts.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import { aFinding, eventsWith, sendEvents, startScriptedServer } from '../support/e2e/scripted-server.ts'
import { sha256 } from '../support/review/builders.ts'
import type { FinishedRun } from '../support/runner/run-action.ts'

const count = 60
const path = 'src/orders.js'
const lines = Array.from({ length: 100 }, (_, index) => `export const order${index} = load(${index})\n`)
const titleOf = (index: number) => `Order ${String(index).padStart(3, '0')} is lost`

/** Findings on as many lines, with as many words as the wire allows where `isLong`. */
function findings(isLong: boolean) {
  return Array.from({ length: count }, (_, index) =>
    aFinding({
      path,
      line: index + 1,
      title: titleOf(index),
      body: isLong ? '@'.repeat(1500) : 'Nobody guards it.',
      ...(isLong ? { suggestion: `const order = ${'x'.repeat(3900)}` } : {}),
      severity: severities[index % severities.length] ?? 'low',
      category: 'bug',
      identity: sha256(`${index}`),
      flagged: sha256(`${index}`).slice(0, 32),
    }),
  )
}

async function reviewed(scene: Scene, isLong: boolean): Promise<FinishedRun> {
  const events = eventsWith(findings(isLong), { coverage: [{ path, hunks: 1, reviewedHunks: 1 }] })
  await using server = await startScriptedServer((response) => sendEvents(response, events))
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  return run
}

const told = (text: string): number =>
  Array.from({ length: count }, (_, index) => titleOf(index)).filter((title) => text.includes(title)).length

test.each([
  ['short', false],
  ['as long as can be', true],
])('60 findings with texts %s: one review, ten comments, and all of them readable', async (_what, isLong) => {
  await using scene = await setScene({ files: { [path]: lines.join('') }, limits: {} })
  const run = await reviewed(scene, isLong)

  expect(scene.pull.comments()).toHaveLength(10)
  const [posted, ...others] = scene.pull.reviews()
  expect(others).toEqual([])
  const body = posted?.body ?? ''
  expect([...body].length).toBeLessThanOrEqual(65_536)
  const marked = [body, ...scene.pull.comments().map((comment) => comment.body)].flatMap(parseMarks)
  const marks = marked.filter(({ kind }) => kind === 'finding')
  expect(new Set(marks.map(({ identity }) => identity)).size).toBe(count)
  expect(
    marks.every(({ severity, category, lines: flaggedLines }) => severity && category && flaggedLines),
  ).toBe(true)

  const [check] = scene.pull.checkRuns()
  expect(check).toMatchObject({ status: 'completed' })
  expect(check?.title).toMatch(/^60 findings: 15 critical, 15 high, 15 medium, 15 low/)
  expect(told(check?.summary ?? '')).toBe(count)
  expect(told(run.summary)).toBe(count)
  expect(told(body)).toBe(count - 10)
  expect(scene.pull.checkRuns()[0]?.annotations).toHaveLength(count - 10)
  const file = JSON.parse(await readFile(String(run.outputs['findings-json']), 'utf8'))
  expect(file.findings).toHaveLength(count)
  for (const text of [body, check?.summary ?? '']) expect(liveParts(text)).toEqual([])

  const refused = scene.github.requests.filter(({ status }) => status === null || status >= 400)
  expect(refused).toEqual([])
  const writes = scene.github.requests.filter(
    ({ method, path: to }) => method !== 'GET' && !to.endsWith('/graphql'),
  )
  expect(writes.length).toBeLessThanOrEqual(4)
})
