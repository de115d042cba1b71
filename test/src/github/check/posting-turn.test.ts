import { expect, test } from 'vitest'
import { readPullRequest } from '../../../../src/github/client/github-objects.ts'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { createGitHubPublisher } from '../../../../src/github/post/github-publisher.ts'
import { holdsRunMark, parseLedgers, parseMarks } from '../../../../src/review/marker.ts'
import { startGitHub } from '../../../support/github/start-github.ts'

/** As many runs on one head as a test wants, each with its check. */
async function stage() {
  let aheadMs = 0
  const github = await startGitHub({ now: () => new Date(Date.now() + aheadMs) })
  const wait = (ms: number) => {
    aheadMs += ms
  }
  const repository = await github.repository({ files: { 'a.ts': 'a\n' } })
  const pull = await repository.openPullRequest({ title: 'Mend', files: { 'a.ts': 'b\n' } })
  const begin = async (externalId: string) => {
    const octokit = createOctokit({
      apiUrl: github.url,
      token: github.token(),
      signal: new AbortController().signal,
      timeLeft: () => 60_000,
      backoffUnitMs: 1,
    })
    const publisher = createGitHubPublisher({
      octokit,
      check: { name: 'ai-review', externalId, backoffUnitMs: 5 },
      parseMarks,
      parseLedgers,
      holdsRunMark,
      backoffUnitMs: 1,
    })
    const { owner, name } = repository.state
    const { data } = await octokit.rest.pulls.get({ owner, repo: name, pull_number: pull.number })
    return publisher.startCheck(readPullRequest(data))
  }
  const listing = async () => {
    const address = `${github.url}/repos/${repository.fullName}/commits/${pull.head}/check-runs?filter=all`
    const answer = await fetch(address, { headers: { authorization: `Bearer ${github.token()}` } })
    return { status: answer.status, body: await answer.json() }
  }
  return { github, begin, listing, wait, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

const report = { conclusion: 'success', title: 'Done', summary: 'Done.', annotations: [] } as const

test('the only run on a head has its turn at once', async () => {
  await using scene = await stage()
  const check = await scene.begin('1-1-a')
  expect(await check.takeTurn()).toEqual({ alone: true })
})

test('of two at once the later one waits until the earlier one has ended, and knows that it was not alone', async () => {
  await using scene = await stage()
  const [first, second] = [await scene.begin('1-1-a'), await scene.begin('2-1-b')]
  const order: string[] = []
  await first.takeTurn()
  const waiting = second.takeTurn().then((turn) => {
    order.push('second')
    return turn
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  order.push('first')
  await first.complete(report)
  expect(await waiting).toEqual({ alone: false })
  expect(order).toEqual(['first', 'second'])
})

test('a listing that lags behind what the earlier one says does not let both post at once', async () => {
  await using scene = await stage()
  const [first, second] = [await scene.begin('1-1-a'), await scene.begin('2-1-b')]
  const lagging = await scene.listing()
  await first.takeTurn()
  scene.github.inject({ method: 'GET', path: /\/check-runs$/, fault: lagging })
  const looks = () => scene.github.requests.filter(({ method }) => method === 'GET').length
  const before = looks()
  expect(await second.takeTurn()).toEqual({ alone: false })
  expect(looks() - before).toBeGreaterThan(2)
})

test('a run that was killed while it posted is not waited for without end', async () => {
  await using scene = await stage()
  const [killed, next] = [await scene.begin('1-1-a'), await scene.begin('2-1-b')]
  await killed.takeTurn()
  expect(await next.takeTurn()).toEqual({ alone: false })
})

test('a run that ended before this one began is no company', async () => {
  await using scene = await stage()
  const earlier = await scene.begin('1-1-a')
  await earlier.complete(report)
  scene.wait(12_000)
  const check = await scene.begin('2-1-b')
  expect(await check.takeTurn()).toEqual({ alone: true })
})

test('what a run wrote that has just ended may not be listed yet', async () => {
  await using scene = await stage()
  const earlier = await scene.begin('1-1-a')
  await earlier.complete(report)
  scene.wait(5000)
  const check = await scene.begin('2-1-b')
  expect(await check.takeTurn()).toEqual({ alone: false })
})
