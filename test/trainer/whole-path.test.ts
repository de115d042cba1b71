import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdapterVersion } from '@ai-review/protocol/persona'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseAdapter } from '../../runner/model-server/src/personas/adapter-choice.ts'
import type { StandInPullRequest } from '../support/github/stand-in-pull-request.ts'
import type { LoggedRequest } from '../support/github/start-github.ts'
import {
  adapterRank,
  enginePid,
  filesWith,
  firstReviewAt,
  startTrainedScene,
  type TrainedScene,
} from '../support/persona/trained-scene.ts'
import { startVllm } from '../support/vllm/start-vllm.ts'
import { trainerPython } from './ask-reference.ts'

const minutes = 60_000
const command = '@tech-lead-bot lead'

/** What the reviewer said in the conversation, its hidden marks left out. */
const answers = (pull: StandInPullRequest): string[] =>
  pull
    .conversation()
    .filter(({ user }) => user.type === 'Bot')
    .map(({ body }) => body.replace(/<!--.*?-->/gs, '').trim())

const checkOf = (pull: StandInPullRequest): string => pull.checkRuns()[0]?.summary ?? ''

/** Requests by which a past is read: listings of comments, past pull requests and their texts. */
const ofHistory = (requests: readonly LoggedRequest[], pull: StandInPullRequest): string[] =>
  requests
    .filter(({ path, body }) => {
      const isListing = /\/repos\/acme\/shop\/(pulls\/comments|compare|contents|git)/.test(path)
      const isPast = /\/pulls\/(\d+)/.exec(path)?.[1] ?? String(pull.number)
      const asksForPulls = path === '/graphql' && /pullRequest\w*: *pullRequest\(/.test(JSON.stringify(body))
      return isListing || isPast !== String(pull.number) || asksForPulls
    })
    .map(({ method, path }) => `${method} ${path}`)

/** The next number of a pull request on which this arm speaks. */
function numberOf(arm: 'live' | 'canary', versions: readonly AdapterVersion[], scene: TrainedScene): number {
  const { id, lastNumber } = scene.repository.state
  for (let number = lastNumber + 1; ; number++) {
    const chosen = chooseAdapter(versions, { repositoryId: id, pullRequest: number })
    if (chosen?.arm === arm) return number
  }
}

describe.runIf(trainerPython)('a persona, from the first command to the last', () => {
  let scene: TrainedScene
  let engine: number | undefined
  let first: AdapterVersion | undefined
  let second: AdapterVersion | undefined

  beforeAll(async () => {
    scene = await startTrainedScene(trainerPython ?? '')
    engine = await enginePid(scene.server)
  }, 6 * minutes)
  afterAll(() => scene?.[Symbol.asyncDispose]())

  /** Each comment says whose style it is, and rests on past comments that are there. */
  function expectMarked(pull: StandInPullRequest): void {
    expect(pull.comments().length).toBeGreaterThan(0)
    for (const { body } of pull.comments()) {
      expect(body).toContain('In the style of lead, written by a model')
      expect(body).toMatch(/\[card\]\(http:\/\/127\.0\.0\.1:\d+\/cards\/[0-9a-f]{32}\)/)
      const links = [...body.matchAll(/\/acme\/shop\/pull\/(\d+)#discussion_r(\d+)/g)]
      expect(links.length).toBeGreaterThanOrEqual(1)
      expect(links.length).toBeLessThanOrEqual(3)
      for (const [, number, comment] of links) {
        const threads = scene.repository.state.pulls.get(Number(number))?.threads ?? []
        const found = threads.flatMap(({ comments }) => comments).find(({ id }) => id === Number(comment))
        expect(found?.user.login).toBe('lead')
      }
    }
  }

  it(
    'says nothing before the lead agreed',
    async () => {
      const pull = await scene.openPullRequest()
      const refused = await scene.say(pull, 'maintainer', command)
      expect(refused.run.outputs.outcome).toBe('answered')
      expect(answers(pull).at(-1)).toContain('have not agreed')
      expect(ofHistory(refused.requests, pull)).toEqual([])

      await scene.say(pull, 'lead', '@tech-lead-bot --opt-in')
      expect(answers(pull).at(-1)).toContain('lead agreed')
      expect(await scene.status()).toMatchObject({
        state: 'collecting',
        comments: 0,
        consent: { kind: 'comment' },
      })
    },
    6 * minutes,
  )

  it(
    'is collected, reviews at once, is trained, and goes live in the running engine',
    async () => {
      const pull = await scene.openPullRequest()
      const { run, requests } = await scene.say(pull, 'maintainer', command)
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { outcome: 'reviewed' } })
      expect(ofHistory(requests, pull).length).toBeGreaterThan(3)
      expect(checkOf(pull)).toContain('by past comments alone')

      const status = await scene.status()
      expect(status).toMatchObject({ state: 'ready', comments: 300, training: { state: 'done' } })
      first = status.versions[0]
      expect(first?.samples.silences).toBeGreaterThan(50)
      expect(first?.gate?.isPassed, JSON.stringify(first?.gate)).toBe(true)
      expect(first?.gate?.reasons).toContainEqual(expect.stringContaining('It is better than the base model'))
      expect(first?.state).toBe('live')
      expect(status.training?.version).toBe(first?.name)
      expect(answers(pull)).toContainEqual(expect.stringContaining('is in use from now on'))
      expect(await enginePid(scene.server)).toBe(engine)
      expect((await readdir(join(scene.data, 'adapters', first?.hash ?? ''))).sort()).toContain(
        'adapter.gguf',
      )
      expect(await readdir(join(scene.data, 'trainings'))).toEqual([])
    },
    12 * minutes,
  )

  it('has an adapter that vLLM takes as well', async () => {
    await using vllm = await startVllm({ maxRank: adapterRank })
    const told = { lora_name: first?.name, lora_path: join(scene.data, 'adapters', first?.hash ?? '') }
    const answer = await fetch(new URL('/v1/load_lora_adapter', vllm.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(told),
    })
    expect(await answer.text()).toBe(`Success: LoRA adapter '${first?.name}' added successfully.`)
  })

  it(
    'reviews with its adapter at once the next time, marked and with evidence',
    async () => {
      const pull = await scene.openPullRequest()
      const { run, requests, startedAt } = await scene.say(pull, 'maintainer', command)
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { outcome: 'reviewed' } })
      expect(ofHistory(requests, pull)).toEqual([])
      const waited = firstReviewAt(scene.server, startedAt) - startedAt
      console.info(`From the start of the command to the first request for a review: ${waited} ms`)
      // Under 2 s on a machine that does nothing else; a busy one must not fail for it.
      expect(waited).toBeLessThan(10_000)
      expect(checkOf(pull)).toContain(first?.name ?? 'no adapter')
      expectMarked(pull)
      expect(pull.comments().map(({ body }) => body)).toContainEqual(
        expect.stringMatching(/nit(?::|&#58;) \w/),
      )
    },
    6 * minutes,
  )

  it(
    'reads all anew on --force-reload, and tries the new version on a part of the pull requests',
    async () => {
      await scene.addHistory(10)
      const pull = await scene.openPullRequest()
      const { run, requests } = await scene.say(pull, 'maintainer', `${command} --force-reload`)
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { outcome: 'reviewed' } })
      expect(ofHistory(requests, pull).length).toBeGreaterThan(3)
      const status = await scene.status()
      expect(status).toMatchObject({ state: 'ready', comments: 340 })
      second = status.versions.find(({ name }) => name !== first?.name)
      expect(second?.gate?.isPassed, JSON.stringify(second?.gate)).toBe(true)
      expect(status.versions.map(({ state }) => state).sort()).toEqual(['canary', 'live'])
      expect(second?.state).toBe('canary')
      expect(answers(pull)).toContainEqual(expect.stringContaining('is on trial'))

      for (const arm of ['canary', 'live', 'canary'] as const) {
        scene.repository.state.lastNumber = numberOf(arm, status.versions, scene) - 1
        const other = await scene.openPullRequest()
        await scene.say(other, 'maintainer', command)
        expect(checkOf(other)).toContain((arm === 'canary' ? second : first)?.name ?? 'no adapter')
        expectMarked(other)
        // The same pull request has the same adapter again.
        await scene.say(other, 'maintainer', `${command} --full`)
        expect(other.checkRuns().at(-1)?.summary).toContain((arm === 'canary' ? second : first)?.name)
      }
      expect(await enginePid(scene.server)).toBe(engine)
    },
    12 * minutes,
  )

  it(
    'leaves nothing behind once it is forgotten',
    async () => {
      const { card } = await scene.status()
      const names = [first, second].flatMap((version) => (version === undefined ? [] : [version.name]))
      expect((await fetch(`${scene.server.url}${card}`)).status).toBe(200)
      expect(names).toHaveLength(2)

      const pull = await scene.openPullRequest()
      await scene.say(pull, 'lead', '@tech-lead-bot --forget')
      expect(answers(pull).at(-1)).toContain('is gone')
      expect(await scene.status()).toMatchObject({
        state: 'withdrawn',
        comments: 0,
        versions: [],
        card: null,
      })
      expect((await fetch(`${scene.server.url}${card}`)).status).toBe(404)
      expect(await readdir(join(scene.data, 'adapters'))).toEqual([])
      expect(await readdir(join(scene.data, 'trainings'))).toEqual([])
      expect(await scene.openAdapters()).toEqual([])

      const again = await scene.openPullRequest()
      const refused = await scene.say(again, 'maintainer', command)
      expect(refused.run.outputs.outcome).toBe('answered')
      expect(answers(again).at(-1)).toContain('have not agreed')

      await scene.server.stop()
      const traces = [...names, 'acme/shop', '"lead"', 'nit: is', 'the timeout set', 'client.request(query)']
      expect(await filesWith(scene.server.dataDirectory, traces)).toEqual([])
      expect(await filesWith(scene.temporary, traces)).toEqual([])
      expect(scene.server.printed()).not.toMatch(/nit: is|client\.request/)
    },
    6 * minutes,
  )
})
