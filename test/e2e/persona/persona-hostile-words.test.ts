import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Finding, findingLimits } from '@ai-review/protocol/finding'
import type { PersonaStatus } from '@ai-review/protocol/persona'
import { expect, test } from 'vitest'
import { liveParts } from '../../support/e2e/live-parts.ts'
import { review, type Scene, setScene } from '../../support/e2e/scene.ts'
import { aFinding, eventsWith, sendEvents, startScriptedServer } from '../../support/e2e/scripted-server.ts'
import { brokenParts, expectHarmless, writtenBodies } from '../../support/hostile/expect-harmless.ts'
import { hostileFile, linesOfCode } from '../../support/hostile/hostile-server.ts'
import { canary, hostileTexts, inGroups } from '../../support/hostile/hostile-set.ts'

const groups = inGroups(
  hostileTexts().filter((text) => text.length < 1000),
  50,
)

const status: PersonaStatus = {
  ...{ owner: 'acme', repository: 'widgets', login: 'maintainer', state: 'ready', comments: 40, silences: 9 },
  consent: { kind: 'comment', reference: '1', at: '2026-01-01T00:00:00Z' },
  window: null,
  collection: null,
  style: null,
  training: null,
  versions: [],
  trains: false,
  card: `/cards/${'a'.repeat(32)}`,
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** A finding in somebody's style, whose every free text is hostile and whose evidence leads elsewhere. */
function findingOf(text: string, index: number): Finding {
  const references = [text, `12#34 ${text}`, `12#34)${text}`, '0#1', 'https://evil.example/1#2']
  return aFinding({
    path: hostileFile,
    line: index + 1,
    title: `${text.slice(0, 100).toWellFormed()} ${canary}`,
    body: `${text.slice(0, 1000).toWellFormed()}\n${canary}`,
    voice: text.slice(0, 39).toWellFormed() || 'x',
    reviewer: 'persona',
    evidence: references.slice(0, findingLimits.evidence).map((reference) => ({
      kind: 'past-comment' as const,
      reference: reference.slice(0, 480).toWellFormed(),
    })),
    identity: digest(`${index} ${text}`),
  })
}

interface Told {
  readonly findings: readonly Finding[]
  readonly card: string | null
  readonly text: string
}

function answer(response: ServerResponse, request: IncomingMessage, { findings, card, text }: Told): void {
  if (request.url?.startsWith('/v1/reviews') === true) {
    const coverage = [{ path: hostileFile, hunks: 1, reviewedHunks: 1 }]
    const share = { by: 'adapter', arm: 'canary', near: 3, card } as const
    const persona = { ...share, login: text, name: text, adapter: text }
    sendEvents(response, eventsWith(findings, { coverage, persona }))
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(request.url?.startsWith('/v1/feedback') === true ? { recorded: 0 } : status))
}

function sceneOf(): Promise<Scene> {
  const policy = 'max-comments: 50\npersonas:\n  - login: maintainer\n'
  return setScene({
    baseFiles: { '.github/ai-review.yml': policy },
    files: { [hostileFile]: linesOfCode(50) },
  })
}

async function command(scene: Scene, server: { url: string; apiKey: string }) {
  scene.repository.setRole('maintainer', 'write')
  const event = scene.pull.commentEvent(scene.pull.comment('maintainer', '@tech-lead-bot maintainer'))
  return await review(scene, { eventName: 'issue_comment', event, server })
}

test.concurrent.each(groups.map((group, index) => [index + 1, group] as const))(
  'what is said in somebody’s style is words and nothing else, whatever its name and evidence (group %i)',
  { timeout: 90_000 },
  async (_, group) => {
    await using scene = await sceneOf()
    const [text = ''] = group
    const told = { findings: group.map(findingOf), card: text, text }
    await using server = await startScriptedServer((response, request) => answer(response, request, told))
    const run = await command(scene, server)
    await expectHarmless(run, scene, { secrets: [server.apiKey] })
    expect(scene.pull.comments()).toHaveLength(group.length)
    for (const { body } of scene.pull.comments()) expect(body).toContain('In the style of ')
    expect(writtenBodies(scene).join('\n')).not.toContain('discussion_r34')
  },
)

test('every place that shows a finding says in whose style it is, and no place links a foreign card', {
  timeout: 60_000,
}, async () => {
  await using scene = await sceneOf()
  const finding = aFinding({
    ...{ path: hostileFile, line: 1, reviewer: 'persona', voice: 'maintainer', category: 'style' },
    title: 'Nit: const?',
    body: 'nit: const?',
    evidence: [{ kind: 'past-comment', reference: '3#77' }],
  })
  const cards = [
    '//evil.example/cards/x',
    '/cards/../../evil',
    `/cards/${'a'.repeat(32)}?x=1`,
    'javascript:alert(1)',
  ]
  for (const card of cards) {
    const outside = { ...finding, line: 9_999, identity: digest(card), title: 'Elsewhere' }
    const told = {
      findings: [{ ...finding, identity: digest(`${card}1`) }, outside],
      card,
      text: 'maintainer',
    }
    await using server = await startScriptedServer((response, request) => answer(response, request, told))
    const run = await command(scene, server)
    expect(run, run.log).toMatchObject({ exitCode: 0 })
    const pages = [...writtenBodies(scene), run.summary]
    expect(pages.filter((page) => /\/cards\/|evil|javascript/.test(page))).toEqual([])
    const ownLink = /\[past comment\]\(http:\/\/127\.0\.0\.1:\d+\/acme\/[\w-]+\/pull\/3#discussion_r77\)/g
    expect(pages.flatMap((page) => liveParts(page.replace(ownLink, '')))).toEqual([])
    expect(pages.flatMap(brokenParts)).toEqual([])
    const { 'findings-json': json = '', 'findings-sarif': sarif = '' } = run.outputs
    for (const file of [json, sarif]) {
      const text = await readFile(file, 'utf8')
      expect(
        text.match(/In the style of maintainer|"voice": ?"maintainer"/g)?.length ?? 0,
        file,
      ).toBeGreaterThan(1)
    }
    const shown = pages.filter((page) => /Nit: const|Elsewhere/.test(page))
    expect(shown.filter((page) => !page.includes('In the style of maintainer'))).toEqual([])
  }
  const [posted] = scene.pull.comments()
  expect(posted?.body).toMatch(/\/pull\/3#discussion_r77/)
})
