import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { liveParts } from '../support/e2e/live-parts.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import { aFinding, eventsWith, sendEvents, startScriptedServer } from '../support/e2e/scripted-server.ts'
import { expectHarmless, writtenBodies } from '../support/hostile/expect-harmless.ts'
import {
  answerHostileReply,
  answerHostileReview,
  hostileFile,
  isReply,
  linesOfCode,
} from '../support/hostile/hostile-server.ts'
import { canary, hostileTexts, inGroups } from '../support/hostile/hostile-set.ts'

/** As many as may stand as line comments of one review. */
const groups = inGroups(hostileTexts(), 50)

function sceneOf(count = 50): Promise<Scene> {
  return setScene({
    baseFiles: { '.github/ai-review.yml': 'max-comments: 50\n' },
    files: { [hostileFile]: linesOfCode(count) },
  })
}

test.concurrent.each(groups.map((group, index) => [index + 1, group] as const))(
  'what a hostile server says in every field is words and nothing else (group %i)',
  { timeout: 60_000 },
  async (_, group) => {
    await using scene = await sceneOf()
    await using server = await startScriptedServer((response) => answerHostileReview(response, group))
    const run = await review(scene, { server })
    await expectHarmless(run, scene, { secrets: [server.apiKey] })
    expect(run.outputs).toMatchObject({ outcome: 'reviewed', conclusion: 'neutral' })
    expect(scene.pull.comments()).toHaveLength(group.length)
    expect(writtenBodies(scene).filter((body) => body.includes(canary)).length).toBeGreaterThanOrEqual(
      group.length,
    )
  },
)

test('what a hostile server answers in a thread is words and nothing else', {
  timeout: 120_000,
}, async () => {
  await using scene = await sceneOf(1)
  let text = ''
  await using server = await startScriptedServer((response, request) =>
    isReply(request) ? answerHostileReply(response, text) : answerHostileReview(response, ['Wrong.']),
  )
  scene.repository.setRole('maintainer', 'admin')
  await review(scene, { server })
  const [thread] = scene.pull.threads()
  if (thread === undefined) throw new Error('nothing was remarked on')
  for (const group of inGroups(
    hostileTexts().filter(({ length }) => length < 1000),
    50,
  )) {
    text = group.join('\n\n').slice(0, 3900).toWellFormed()
    const event = await scene.pull.reviewCommentEvent(scene.pull.replyTo(thread, 'maintainer', 'Why?'))
    const run = await review(scene, { server, eventName: 'pull_request_review_comment', event })
    await expectHarmless(run, scene, { secrets: [server.apiKey] })
    expect(run.outputs).toMatchObject({ outcome: 'answered' })
    expect(thread.comments.at(-1)?.body).toContain(canary)
  }
})

test('without a check to write, the same ends on the page of the run, and harmless', async () => {
  const texts = hostileTexts().filter((text) => text.length < 300)
  await using scene = await setScene({
    files: { [hostileFile]: linesOfCode(texts.length) },
    permissions: { contents: 'read', 'pull-requests': 'read' },
  })
  await using server = await startScriptedServer((response) => answerHostileReview(response, texts))
  const run = await review(scene, { server })
  expect(run.exitCode).toBe(0)
  expect(run.commands.filter(({ grammar, name }) => grammar === 'legacy' || !allowed.has(name))).toEqual([])
  expect(run.annotations.filter(({ message }) => message.includes(canary)).length).toBeGreaterThan(0)
  expect(liveParts(run.summary)).toEqual([])
  expect(writtenBodies(scene)).toEqual([])
})

const allowed = new Set(['add-mask', 'notice', 'warning', 'error'])
const hostileHeader = `::error::${canary} ##[error]${canary}`

function problem(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers })
  const words = `::error::${canary}\r##[error]${canary}`
  response.end(
    JSON.stringify({ type: words, title: words, status, detail: words, code: words, [canary]: words }),
  )
}

const first = eventsWith([]).split('\n\n')[0]
const strange: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a problem in words of its own': (response) => problem(response, 400),
  'a refusal with words in its headers': (response) =>
    problem(response, 403, { 'retry-after': hostileHeader, 'www-authenticate': hostileHeader }),
  'a redirect to a name that is a command': (response) =>
    problem(response, 302, { location: `http://${canary}.example/::error::x` }),
  'a type of content that is a command': (response) => {
    response.writeHead(200, { 'content-type': hostileHeader })
    response.end(`data: ${canary}\n\n`)
  },
  'an event without end': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`${first}\n\nid: 2\nevent: finding\ndata: "${canary.repeat(3_000_000)}"\n\n`)
  },
  'events under names and numbers of its own': (response) =>
    sendEvents(
      response,
      `id: ${canary}\nevent: __proto__\ndata: {}\n\nid: -1\nevent: done\ndata: ${canary}\n\n`,
    ),
  'more findings than any review has': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const finding = JSON.stringify(aFinding({ path: hostileFile, line: 1, title: canary }))
    const events = Array.from(
      { length: 20_001 },
      (_, index) => `id: ${index + 2}\nevent: finding\ndata: ${finding}\n\n`,
    )
    response.end(`${first}\n\n${events.join('')}`)
  },
  'bytes that are no text': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0x0a, 0x0a]))
  },
}

describe.concurrent.each(Object.entries(strange))('a server that answers with %s', (_, answer) => {
  test('is not believed, and its words reach nobody', async () => {
    await using scene = await sceneOf(3)
    await using server = await startScriptedServer(answer)
    const run = await review(scene, { server, inputs: { 'deadline-minutes': '1' } })
    await expectHarmless(run, scene, { secrets: [server.apiKey] })
    expect(run.outputs).toMatchObject({ outcome: 'failed', conclusion: 'neutral' })
    expect(writtenBodies(scene).join('\n')).not.toContain(canary)
    expect(scene.pull.reviews()).toEqual([])
  })
})
