import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { flawedLine, hostileFiles, review, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server[Symbol.asyncDispose]())

test('opened: one review with comments on the flawed lines, a green check, outputs and result files', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.reviews()).toMatchObject([{ state: 'COMMENTED', commit: scene.pull.head }])
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine, side: 'RIGHT' }),
  )
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }])
  const posted = scene.pull.comments().length
  expect(run.outputs).toMatchObject({
    outcome: 'reviewed',
    conclusion: 'success',
    'findings-posted': String(posted),
    'review-url': expect.stringContaining('#pullrequestreview-'),
    'check-url': expect.stringContaining('/runs/'),
  })
  const findings = JSON.parse(await readFile(String(run.outputs['findings-json']), 'utf8'))
  expect(JSON.stringify(findings)).toContain('src/run.js')
  const sarif = JSON.parse(await readFile(String(run.outputs['findings-sarif']), 'utf8'))
  expect(sarif).toMatchObject({ version: '2.1.0' })
  expect(run.summary).toContain('src/run.js')
})

test('opened, with a full checkout beside the run: the diff is not asked from GitHub', async () => {
  await using scene = await setScene()
  const workspace = join(scene.directory, 'checkout')
  const sha = await scene.repository.checkout(workspace, scene.pull, { depth: 0 })
  const run = await review(scene, { server, workspace, sha })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
  const asked = scene.github.requests.map(({ operation, headers }) => `${operation} ${headers.accept}`)
  expect(asked.filter((one) => one.includes('diff') || one.includes('pulls/list-files'))).toEqual([])
})

test('opened, with the shallow checkout of actions/checkout: the diff comes from GitHub', async () => {
  await using scene = await setScene()
  const workspace = join(scene.directory, 'checkout')
  const sha = await scene.repository.checkout(workspace, scene.pull)
  const run = await review(scene, { server, workspace, sha })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
})

test('synchronize with nothing new: nothing is said twice', async () => {
  await using scene = await setScene()
  await review(scene, { server })
  const before = scene.pull.comments().length
  await scene.repository.push(scene.pull, { 'docs/notes.md': 'Notes.\n' })
  const run = await review(scene, { server, on: 'synchronize' })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(before).toBeGreaterThan(0)
  expect(scene.pull.comments()).toHaveLength(before)
  expect(scene.pull.reviews()).toHaveLength(1)
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', 'findings-posted': '0', 'review-url': '' })
})

test('synchronize with one new flaw: only the new one is said', async () => {
  await using scene = await setScene()
  await review(scene, { server })
  const before = scene.pull.comments()
  await scene.repository.push(scene.pull, { 'src/late.js': 'export const late = (text) => eval(text)\n' })
  const run = await review(scene, { server, on: 'synchronize' })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(
    scene.pull
      .comments()
      .slice(before.length)
      .map(({ path, line }) => [path, line]),
  ).toEqual([['src/late.js', 1]])
  expect(scene.pull.reviews()).toHaveLength(2)
})

test('the same run started again says nothing twice', async () => {
  await using scene = await setScene()
  await review(scene, { server })
  const before = scene.pull.comments().length
  const run = await review(scene, { server, runAttempt: 2 })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.comments()).toHaveLength(before)
  expect(scene.pull.reviews()).toHaveLength(1)
})

test('dispatch by number: the pull request is reviewed as it stands', async () => {
  await using scene = await setScene()
  const event = scene.github.dispatchEvent(scene.repository, { 'pull-request': String(scene.pull.number) })
  const sha = await scene.repository.headOfMain()
  const run = await review(scene, { server, eventName: 'workflow_dispatch', event, sha })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
  expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'success' }])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'success' })
})

test('dispatch of a number that is not there: one clear message', async () => {
  await using scene = await setScene()
  const event = scene.github.dispatchEvent(scene.repository, { 'pull-request': '404' })
  const run = await review(scene, { server, eventName: 'workflow_dispatch', event })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
  expect(run.annotations).toHaveLength(1)
  expect(scene.pull.reviews()).toEqual([])
})

test('an event that needs no review is skipped, and that is said', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server, on: 'labeled' })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'skipped', conclusion: 'skipped' })
  expect(scene.github.requests).toEqual([])
})

test('a wrong input ends the step with one message that names it', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server, inputs: { 'deadline-minutes': 'soon' } })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(1)
  expect(run.annotations).toMatchObject([
    { level: 'error', message: expect.stringContaining('deadline-minutes') },
  ])
  expect(scene.github.requests).toEqual([])
})

test('a draft is skipped, and that is said', async () => {
  await using scene = await setScene({ draft: true })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'skipped', conclusion: 'skipped' })
  expect(run.log).toContain('draft')
  expect(run.summary).toContain('draft')
  expect(scene.pull.reviews()).toEqual([])
  expect(scene.pull.checkRuns()).toEqual([])
})

test('a draft is reviewed where the policy says so', async () => {
  await using scene = await setScene({
    draft: true,
    baseFiles: { '.github/ai-review.yml': 'review-drafts: true\n' },
  })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed' })
  expect(scene.pull.comments()).not.toEqual([])
})

test('a closed pull request is skipped, and that is said', async () => {
  await using scene = await setScene()
  const event = await scene.pull.event('reopened')
  scene.pull.close()
  const run = await review(scene, { server, event })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'skipped', conclusion: 'skipped' })
  expect(run.log).toContain('closed')
  expect(scene.pull.reviews()).toEqual([])
  expect(scene.pull.checkRuns()).toEqual([])
})

test('an unreadable policy: the review goes on with defaults, and one message names file, line and key', async () => {
  const policy = 'max-comments: 5\nmax-coments: 3\n'
  await using scene = await setScene({ baseFiles: { '.github/ai-review.yml': policy } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
  const [check] = scene.pull.checkRuns()
  const shown = new MarkdownIt().render(check?.summary ?? '')
  expect(shown).toMatch(/\.github\/ai-review\.yml line 2: .*max-coments/)
  expect(check?.title).toContain('policy')
  expect(run.annotations.filter(({ message }) => /line 2\b/.test(message))).toHaveLength(1)
})

test('a policy of the head changes nothing: the base rules', async () => {
  await using scene = await setScene({
    files: { ...hostileFiles, '.github/ai-review.yml': 'exclude: ["**"]\n' },
  })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.comments()).toContainEqual(
    expect.objectContaining({ path: 'src/run.js', line: flawedLine }),
  )
})

test('fail-on in the policy turns the check red', async () => {
  await using scene = await setScene({ baseFiles: { '.github/ai-review.yml': 'fail-on: high\n' } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }])
  expect(run.outputs).toMatchObject({ conclusion: 'failure' })
})
