import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { actionDirectory, flawedLine, review, type Scene, setScene } from '../support/e2e/scene.ts'
import type { Permissions } from '../support/github/state.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import type { FinishedRun } from '../support/runner/run-action.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

interface Row {
  readonly permission: string
  readonly purpose: string
  readonly fate: string
}

/** What a run with the permission taken away left behind. */
interface Loss {
  readonly scene: Scene
  readonly run: FinishedRun
}

const page = readFileSync(join(actionDirectory, 'docs/permissions.md'), 'utf8')
const rows: Row[] = [...page.matchAll(/^\| `([\w-]+: \w+)` \| (.+?) \| (ends|goes on) \| .+ \|$/gm)].map(
  ([, permission = '', purpose = '', fate = '']) => ({ permission, purpose, fate }),
)

const all: Permissions = { contents: 'write', 'pull-requests': 'write', checks: 'write' }
const flaw = 'export function run(code) {\n  return eval(code)\n}\n'
const mended = 'export function run(code) {\n  return code\n}\n'

/** Everything that the page speaks of, without this one permission: what is below it stays. */
function without(permission: string): Permissions {
  const [name = '', access] = permission.split(': ')
  return { ...all, [name]: access === 'write' ? 'read' : 'none' }
}

async function reviewed(scene: Scene, permissions: Permissions): Promise<FinishedRun> {
  return await review(scene, { server, token: scene.github.token({ permissions }) })
}

async function takenAway(permission: string): Promise<Loss> {
  const scene = await setScene({ files: { 'src/run.js': flaw } })
  return { scene, run: await reviewed(scene, without(permission)) }
}

async function fixed(permission: string): Promise<Loss> {
  const scene = await setScene({ files: { 'src/run.js': flaw } })
  await reviewed(scene, all)
  await scene.pull.push({ 'src/run.js': mended })
  const token = scene.github.token({ permissions: without(permission) })
  return { scene, run: await review(scene, { server, token, on: 'synchronize' }) }
}

async function declined(permission: string): Promise<Loss> {
  const scene = await setScene({ files: { 'src/run.js': flaw } })
  await reviewed(scene, all)
  scene.repository.setRole('maintainer', 'write')
  const [thread] = scene.pull.threads()
  if (thread === undefined) throw new Error('the review made no thread')
  const reply = scene.pull.replyTo(thread, 'maintainer', 'False positive.')
  const event = await scene.pull.reviewCommentEvent(reply)
  const token = scene.github.token({ permissions: without(permission) })
  return {
    scene,
    run: await review(scene, { server, token, eventName: 'pull_request_review_comment', event }),
  }
}

async function commanded(permission: string): Promise<Loss> {
  const scene = await setScene({ files: { 'src/run.js': flaw } })
  scene.repository.setRole('maintainer', 'write')
  const event = scene.pull.commentEvent(scene.pull.comment('maintainer', '@tech-lead-bot'))
  const token = scene.github.token({ permissions: without(permission) })
  return { scene, run: await review(scene, { server, token, eventName: 'issue_comment', event }) }
}

async function queued(permission: string): Promise<Loss> {
  const scene = await setScene({ files: { 'src/run.js': flaw } })
  await reviewed(scene, all)
  const token = scene.github.token({ permissions: without(permission) })
  const event = scene.pull.mergeGroupEvent()
  return { scene, run: await review(scene, { server, token, eventName: 'merge_group', event }) }
}

interface Trial {
  readonly lose: (permission: string) => Promise<Loss>
  /** The last cell of the row, as far as it can be seen. */
  readonly expect: (loss: Loss) => void
}

/** By permission and purpose, as they stand on the page. */
const trials: Readonly<Record<string, Trial>> = {
  'contents: read / the policy, style files, the diff and the texts around it': {
    lose: takenAway,
    expect: ({ scene }) => {
      expect(scene.pull.reviews()).toEqual([])
      expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'neutral' }])
    },
  },
  'contents: write / marking threads of fixed findings as resolved': {
    lose: fixed,
    expect: ({ scene }) => {
      expect(scene.pull.comments()).toMatchObject([{ isResolved: false }])
      expect(scene.pull.checkRuns()[0]?.summary?.match(/contents: write/g)).toHaveLength(1)
    },
  },
  'contents: write / marking the thread of a declined finding as resolved': {
    lose: declined,
    expect: ({ scene }) => {
      expect(scene.pull.comments().map(({ isReply }) => isReply)).toEqual([false, true, true])
      expect(scene.pull.comments().at(-1)?.body).toContain('declined')
      expect(scene.pull.comments().every(({ isResolved }) => !isResolved)).toBe(true)
    },
  },
  'pull-requests: read / reading the pull request': {
    lose: takenAway,
    expect: ({ scene }) => {
      expect(scene.github.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    },
  },
  'pull-requests: write / the review with its line comments': {
    lose: takenAway,
    expect: ({ scene, run }) => {
      expect(scene.pull.reviews()).toEqual([])
      expect(scene.pull.checkRuns()[0]?.summary).toContain('src/run.js')
      expect(run.summary).toContain('src/run.js')
    },
  },
  'pull-requests: write / reactions to a command, and replies': {
    lose: commanded,
    expect: ({ scene }) => {
      expect(scene.pull.conversation().map(({ reactions }) => reactions)).toEqual([[]])
      expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed' }])
    },
  },
  'checks: write / the check with its annotations': {
    lose: takenAway,
    expect: ({ scene }) => {
      expect(scene.pull.comments()).toMatchObject([{ path: 'src/run.js', line: flawedLine }])
      expect(scene.pull.checkRuns()).toEqual([])
    },
  },
  'checks: write / the check on the head of a merge group': {
    lose: queued,
    expect: ({ scene }) => {
      expect(scene.pull.checkRuns(scene.pull.mergeCommit ?? '')).toEqual([])
    },
  },
}

test('the page names what is tried here, and nothing else', () => {
  expect(rows.map(({ permission, purpose }) => `${permission} / ${purpose}`)).toEqual(Object.keys(trials))
})

test.each(rows)('without $permission, for $purpose, the run $fate', async ({ permission, purpose, fate }) => {
  const trial = trials[`${permission} / ${purpose}`]
  if (trial === undefined) throw new Error('no trial for this row')
  const { scene, run } = await trial.lose(permission)
  await using _ = scene
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(run.outputs.outcome === 'failed' ? 'ends' : 'goes on').toBe(fate)
  const [check] = scene.pull.checkRuns()
  expect(`${run.log}\n${check?.summary ?? ''}`).toContain(permission)
  trial.expect({ scene, run })
})
