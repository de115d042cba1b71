import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { liveParts } from '../support/e2e/live-parts.ts'
import { injected, nowhere, review, type Scene, setScene } from '../support/e2e/scene.ts'
import { aFinding, eventsWith, sendEvents, startScriptedServer } from '../support/e2e/scripted-server.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import type { FinishedRun } from '../support/runner/run-action.ts'

/** Nothing posted, nothing pretended, and the reader is told why. */
function expectNotReviewed(run: FinishedRun, scene: Scene, why: string): void {
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral', 'findings-posted': '0' })
  expect(scene.pull.comments()).toEqual([])
  expect(scene.pull.reviews()).toEqual([])
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
  expect(scene.pull.checkRuns()[0]?.title).toMatch(/^Not reviewed: /)
  expect(scene.pull.checkRuns()[0]?.summary).toContain(why)
  expect(run.annotations.filter(({ message }) => message.includes(`(${why})`))).toHaveLength(1)
}

test('a server that is down: neutral, and said so', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server: nowhere })
  await expectCleanRun(run, scene, [nowhere.apiKey])
  expectNotReviewed(run, scene, 'server-unreachable')
  expect(run.log).toContain('server-url')
})

test('with fail-on-error the step fails where the server is down', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server: nowhere, inputs: { 'fail-on-error': 'true' } })
  await expectCleanRun(run, scene, [nowhere.apiKey])
  expect(run.exitCode).toBe(1)
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
})

test('a server that never finishes: neutral within the deadline', { timeout: 120_000 }, async () => {
  await using scene = await setScene()
  await using server = await startScriptedServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`${eventsWith([]).split('\n\n')[0]}\n\n`)
  })
  const run = await review(scene, { server, inputs: { 'deadline-minutes': '1' } })
  await expectCleanRun(run, scene, [server.apiKey])
  expectNotReviewed(run, scene, 'deadline')
  expect(run.durationMs).toBeLessThan(70_000)
})

/** Stands in what the server says, and must reach nobody. */
const said = 'NONSENSE'

const nonsense: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a page of HTML': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<html>::error::${said}\n##[error]${said}</html>`)
  },
  'events of prose': (response) => sendEvents(response, `id: 1\nevent: accepted\ndata: ::error::${said}\n\n`),
  'an unknown finding': (response) =>
    sendEvents(
      response,
      `${eventsWith([]).split('\n\n')[0]}\n\nid: 2\nevent: finding\ndata: {"line":"${said}"}\n\n`,
    ),
  'an error in an unknown form': (response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: `::warning::${said}` }))
  },
  'a redirect to elsewhere': (response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:9/v1/reviews' })
    response.end()
  },
}

describe.each(Object.entries(nonsense))('a server that answers %s', (_, answer) => {
  test('is not believed', async () => {
    await using scene = await setScene()
    await using server = await startScriptedServer(answer)
    const run = await review(scene, { server })
    await expectCleanRun(run, scene, [server.apiKey])
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
    expect(scene.pull.reviews()).toEqual([])
    expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
    const sent = JSON.stringify(scene.github.requests.map(({ body }) => body))
    expect(sent + run.stdout + run.stderr).not.toContain(said)
  })
})

test('findings on lines that the change does not show are told, never posted', async () => {
  await using scene = await setScene()
  const findings = [
    aFinding({ line: 2, identity: '1'.repeat(64) }),
    aFinding({ line: 9000, identity: '2'.repeat(64) }),
    aFinding({ path: '../../etc/passwd', line: 1, identity: '3'.repeat(64) }),
    aFinding({ side: 'LEFT', line: 2, identity: '4'.repeat(64) }),
    aFinding({ startLine: 2, line: 9001, identity: '5'.repeat(64) }),
  ]
  await using server = await startScriptedServer((response) => sendEvents(response, eventsWith(findings)))
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments().map(({ path, line }) => [path, line])).toEqual([['src/run.js', 2]])
  expect(run.outputs).toMatchObject({ 'findings-total': '5', 'findings-posted': '1' })
  const told = JSON.parse(await readFile(String(run.outputs['findings-json']), 'utf8'))
  const verdicts = told.findings.map(({ verdict }: { verdict: string }) => verdict)
  expect(verdicts.toSorted()).toEqual([...Array(4).fill('outside-diff'), 'posted'])
  const refused = scene.github.requests.filter(({ status }) => status === 422)
  expect(refused).toEqual([])
})

test('what a server says is never live on the pull request', async () => {
  await using scene = await setScene()
  const hostile = [
    '@octocat /approve closes #1 <img src="http://evil.example/x.png"> ![x](http://evil.example/y.png)',
    '[click](http://evil.example) <!-- hidden --> <script>alert(1)</script>',
    `\n/lgtm\n::error::${injected}\n##[error]${injected}`,
  ].join('\n')
  const findings = [aFinding({ title: hostile.slice(0, 120), body: hostile })]
  await using server = await startScriptedServer((response) => sendEvents(response, eventsWith(findings)))
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  const bodies = [...scene.pull.comments(), ...scene.pull.reviews()].map(({ body }) => body)
  expect(bodies).not.toEqual([])
  expect(bodies.flatMap(liveParts)).toEqual([])
})

describe('the real server', () => {
  let server: ModelServerProcess
  beforeAll(async () => {
    server = await startModelServer(withoutDatabase)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('refuses a wrong key, and that is said', async () => {
    await using scene = await setScene()
    const run = await review(scene, { server: { url: server.url, apiKey: nowhere.apiKey } })
    await expectCleanRun(run, scene, [nowhere.apiKey])
    expectNotReviewed(run, scene, 'server-unauthorized')
    expect(run.log).toContain('api-key')
  })
})
