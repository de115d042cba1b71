import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { runWorkflow, type WorkflowRun } from '../support/workflow/run-workflow.ts'
import type { WorkflowEvent } from '../support/workflow/workflow.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const flaw = 'export function run(code) {\n  return eval(code)\n}\n'
const nothing = { jobs: [], reviews: [] }

async function setStage(options: { fork?: boolean } = {}): Promise<Scene> {
  const scene = await setScene({ files: { 'src/run.js': flaw }, ...options })
  scene.repository.setRole('maintainer', 'write')
  return scene
}

/** A person says something on the pull request; `sha` is the default branch's, as GitHub has it. */
function said({ pull }: Scene, login: string, body: string): WorkflowEvent {
  const payload = pull.commentEvent(pull.comment(login, body))
  return { name: 'issue_comment', payload, sha: pull.base }
}

async function repliedTo({ pull }: Scene, login: string, body: string): Promise<WorkflowEvent> {
  const [thread] = pull.threads()
  if (thread === undefined) throw new Error('there is no thread to reply in')
  const payload = await pull.reviewCommentEvent(pull.replyTo(thread, login, body))
  return { name: 'pull_request_review_comment', payload, sha: pull.mergeCommit ?? pull.head }
}

async function expectClean({ reviews }: WorkflowRun, scene: Scene): Promise<void> {
  expect(reviews.map(({ exitCode }) => exitCode)).toEqual([0])
  for (const run of reviews) await expectCleanRun(run, scene, [server.apiKey])
}

describe.each(['comment-command.yml', 'fork-safe.yml'])('%s', (name) => {
  test.each([false, true])('a permitted command is carried out, on a fork: %s', async (fork) => {
    await using scene = await setStage({ fork })
    const run = await runWorkflow(name, said(scene, 'maintainer', '@tech-lead-bot'), { scene, server })
    await expectClean(run, scene)
    expect(scene.pull.comments()).toMatchObject([{ path: 'src/run.js' }])
    expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed' }])
    const [comment] = scene.pull.conversation()
    expect(comment?.reactions.map(({ content }) => content)).toContain('+1')
    expect(run.jobs.flatMap(({ groups }) => groups)).toEqual([
      { name: `ai-review-command-${scene.pull.number}-${comment?.id}`, cancels: false },
    ])
  })

  test("an outsider's command gets one answer and no review", async () => {
    await using scene = await setStage()
    for (const _ of [1, 2]) {
      await runWorkflow(name, said(scene, 'outsider', '@tech-lead-bot'), { scene, server })
    }
    expect(scene.pull.reviews()).toEqual([])
    const answers = scene.pull.conversation().filter(({ user }) => user.type === 'Bot')
    expect(answers).toHaveLength(1)
  })

  test('talk, a bot and an issue start nothing', async () => {
    await using scene = await setStage()
    const command = said(scene, 'maintainer', '@tech-lead-bot')
    const { issue } = command.payload
    const { pull_request: _, ...plainIssue } = issue as Record<string, never>
    const events = [
      said(scene, 'maintainer', 'Looks good to me.'),
      said(scene, 'other-bot[bot]', '@tech-lead-bot'),
      { ...command, payload: { ...command.payload, issue: plainIssue } },
      { ...command, payload: { ...command.payload, action: 'edited' } },
    ]
    for (const event of events) expect(await runWorkflow(name, event, { scene, server })).toEqual(nothing)
    expect(scene.github.requests).toEqual([])
  })

  test('the name in a quote starts the job, and the Action does nothing', async () => {
    await using scene = await setStage()
    const run = await runWorkflow(name, said(scene, 'maintainer', '> @tech-lead-bot'), { scene, server })
    await expectClean(run, scene)
    expect(scene.github.requests).toEqual([])
  })
})

describe('comment-command.yml', () => {
  test('a permitted person declines a finding: noted in the thread, which is resolved', async () => {
    await using scene = await setStage()
    await review(scene, { server })
    const event = await repliedTo(scene, 'maintainer', 'False positive: the caller checks it.')
    const run = await runWorkflow('comment-command.yml', event, { scene, server })
    await expectClean(run, scene)
    expect(run.jobs.map(({ name }) => name)).toEqual(['reply'])
    expect(scene.pull.comments()).toHaveLength(3)
    expect(scene.pull.threads().map(({ resolvedBy }) => resolvedBy?.type)).toEqual(['Bot'])
  })

  test('a question is answered honestly where no model is configured', async () => {
    await using scene = await setStage()
    await review(scene, { server })
    const event = await repliedTo(scene, 'maintainer', 'Why does this matter?')
    await expectClean(await runWorkflow('comment-command.yml', event, { scene, server }), scene)
    expect(scene.pull.comments().at(-1)?.body).toContain('No model is configured')
    expect(scene.pull.threads().map(({ resolvedBy }) => resolvedBy)).toEqual([null])
  })

  test('a new comment on the diff, and a reply on a fork, start nothing', async () => {
    await using scene = await setStage()
    const anchor = { path: 'src/run.js', side: 'RIGHT', line: 1 } as const
    await scene.pull.addReviewComment('maintainer', anchor, 'Why?')
    const [thread] = scene.pull.threads()
    const [first] = thread?.comments ?? []
    if (first === undefined) throw new Error('the comment was not made')
    const payload = await scene.pull.reviewCommentEvent(first)
    const fresh = { name: 'pull_request_review_comment', payload, sha: scene.pull.head }
    expect(await runWorkflow('comment-command.yml', fresh, { scene, server })).toEqual(nothing)
    await using forked = await setStage({ fork: true })
    await forked.pull.addReviewComment('maintainer', anchor, 'Why?')
    const reply = await repliedTo(forked, 'contributor', 'Because.')
    expect(await runWorkflow('comment-command.yml', reply, { scene: forked, server })).toEqual(nothing)
  })
})
