import { describe, expect, test } from 'vitest'
import { conclusionOf, createCheck, reportCheck } from '../../../../src/github/check/check-runs.ts'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import type { CheckReport } from '../../../../src/roles.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { pullRequestFor } from '../pull-request-for.ts'

const report: CheckReport = { conclusion: 'neutral', title: 'Title', summary: 'Summary', annotations: [] }
const annotated = (count: number): CheckReport => ({
  ...report,
  annotations: Array.from({ length: count }, (_, index) => ({
    path: 'src/app.ts',
    startLine: index + 1,
    endLine: index + 1,
    level: 'warning' as const,
    title: `Finding ${index}`,
    message: 'text',
  })),
})
const update = { method: 'PATCH', path: /\/check-runs\/\d+$/ } as const
const read = { method: 'GET', path: /\/check-runs\/\d+$/ } as const

async function scene(now?: () => Date) {
  const github = await startGitHub(now === undefined ? {} : { now })
  const repository = await github.repository({ name: 'shop', files: { 'src/app.ts': '' } })
  const pull = await repository.openPullRequest({ files: { 'src/app.ts': 'one\n' } })
  const octokit = createOctokit({
    apiUrl: github.url,
    token: github.token(),
    signal: new AbortController().signal,
    timeLeft: () => 60_000,
    backoffUnitMs: 10,
    isPaced: false,
  })
  const pullRequest = await pullRequestFor(octokit, pull.number)
  const start = (externalId = '12-1-aa', name = 'ai-review') =>
    createCheck(octokit, pullRequest, { name, externalId, backoffUnitMs: 10 })
  const place = { repository: { owner: 'acme', name: 'shop' }, headSha: pull.head, name: 'ai-review' }
  const check = () => pull.checkRuns()[0]
  return {
    github,
    pull,
    octokit,
    start,
    place,
    check,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

describe('completing a check', () => {
  test('sets the text below the summary', async () => {
    await using stage = await scene()
    await (await stage.start()).complete({ ...report, text: 'hidden' })
    expect(stage.check()).toMatchObject({ status: 'completed', text: 'hidden' })
  })

  test.each(['store-then-502', 'store-then-drop', 'drop', { status: 500 }] as const)(
    'holds every annotation once after %j on each of its requests',
    async (fault) => {
      for (const skip of [0, 1, 2]) {
        await using stage = await scene()
        const check = await stage.start()
        stage.github.inject({ ...update, skip, fault })
        await check.complete(annotated(120))
        expect(stage.check()).toMatchObject({
          status: 'completed',
          conclusion: 'neutral',
          summary: 'Summary',
        })
        expect(stage.check()?.annotations.map(({ title }) => title)).toEqual(
          annotated(120).annotations.map(({ title }) => title),
        )
      }
    },
    60_000,
  )

  test.each([0, 2])(
    'is done, and says that some may be missing, where nobody can tell (request %j)',
    async (skip) => {
      await using stage = await scene()
      const check = await stage.start()
      stage.github.inject({ ...update, skip, fault: 'store-then-502' })
      stage.github.inject({ ...read, times: 4, fault: { status: 503 } })
      await check.complete(annotated(120))
      expect(stage.check()).toMatchObject({
        status: 'completed',
        summary: expect.stringContaining('Some annotations of this check may be missing'),
      })
      expect(stage.check()?.annotations).toHaveLength(120)
    },
    30_000,
  )

  test('is done without the annotations that GitHub refuses', async () => {
    await using stage = await scene()
    const check = await stage.start()
    const body = { message: 'Invalid request.' }
    stage.github.inject({ ...update, times: 1, fault: { status: 422, body } })
    await check.complete(annotated(3))
    expect(stage.check()).toMatchObject({
      status: 'completed',
      annotations: [],
      summary: expect.stringContaining('may be missing'),
    })
  })

  test.each([0, 3])(
    'is done with its conclusion alone where GitHub refuses its text (%j annotations)',
    async (count) => {
      await using stage = await scene()
      const check = await stage.start()
      const times = count === 0 ? 1 : 2
      stage.github.inject({ ...update, times, fault: { status: 422, body: { message: 'Invalid request.' } } })
      await check.complete(annotated(count))
      expect(stage.check()).toMatchObject({
        status: 'completed',
        conclusion: 'neutral',
        summary: expect.stringContaining('stands in the job summary'),
      })
    },
  )

  test('fails visibly where GitHub stays away', async () => {
    await using stage = await scene()
    const check = await stage.start()
    stage.github.inject({ ...update, times: 9, fault: { status: 502 } })
    await expect(check.complete(report)).rejects.toMatchObject({ code: 'github-unavailable' })
  }, 20_000)
})

describe('a check that nobody will complete', () => {
  test('is cancelled by the next attempt of its run', async () => {
    await using stage = await scene()
    await stage.start('12-1-aa')
    await stage.start('12-2-bb')
    expect(stage.pull.checkRuns()).toMatchObject([
      { externalId: '12-1-aa', status: 'completed', conclusion: 'cancelled' },
      { externalId: '12-2-bb', status: 'in_progress' },
    ])
  })

  test('is cancelled once it is older than a job can be', async () => {
    const clock = { now: new Date(Date.now() - 7 * 60 * 60 * 1000) }
    await using stage = await scene(() => clock.now)
    await stage.start('11-1-aa')
    clock.now = new Date()
    await stage.start('12-1-bb')
    expect(stage.pull.checkRuns()).toMatchObject([{ conclusion: 'cancelled' }, { status: 'in_progress' }])
  })

  test.each(['11-1-aa', '12-2-aa', '12-3-aa', 'run-1'])(
    'is left alone where its run may be at work (%s)',
    async (other) => {
      await using stage = await scene()
      await stage.start(other)
      await stage.start('12-2-bb')
      expect(stage.pull.checkRuns()).toMatchObject([{ status: 'in_progress' }, { status: 'in_progress' }])
    },
  )

  test('of another name is left alone', async () => {
    await using stage = await scene()
    await stage.start('12-1-aa', 'another')
    await stage.start('12-2-bb')
    expect(stage.pull.checkRuns()).toMatchObject([{ status: 'in_progress' }, { status: 'in_progress' }])
  })
})

describe('a check that is complete from the start', () => {
  test.each(['store-then-502', 'store-then-drop', 'drop'] as const)('stands once after %j', async (fault) => {
    await using stage = await scene()
    stage.github.inject({ method: 'POST', path: /\/check-runs$/, fault })
    await reportCheck(stage.octokit, { ...stage.place, externalId: '12-1-aa', backoffUnitMs: 10 }, report)
    expect(stage.pull.checkRuns()).toMatchObject([
      { status: 'completed', conclusion: 'neutral', title: 'Title' },
    ])
  })
})

describe('the conclusion on a commit', () => {
  test('is the one of the newest completed check', async () => {
    await using stage = await scene()
    expect(await conclusionOf(stage.octokit, stage.place)).toBeNull()
    await (await stage.start('11-1-aa')).complete({ ...report, conclusion: 'failure' })
    await (await stage.start('12-1-aa')).complete({ ...report, conclusion: 'success' })
    await stage.start('13-1-aa')
    await stage.start('13-2-aa')
    expect(await conclusionOf(stage.octokit, stage.place)).toBe('success')
    expect(await conclusionOf(stage.octokit, { ...stage.place, name: 'another' })).toBeNull()
  })
})
