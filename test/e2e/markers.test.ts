import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPGlite } from '../../runner/model-server/src/store/pglite-database.ts'
import { review, setScene } from '../support/e2e/scene.ts'
import { startModelServer } from '../support/model-server.ts'
import { type Act, type SeenCompletion, startOpenAiServer } from '../support/openai-engine.ts'

/** One word for each place that text of a change, or of a model, can come from. */
const markers = {
  added: 'markaddedqx',
  deleted: 'markdeletedqx',
  context: 'markcontextqx',
  path: 'markpathqx',
  title: 'marktitleqx',
  body: 'markbodyqx',
  guideline: 'markguidelineqx',
  policy: 'markpolicyqx',
  rule: 'markruleqx',
  comment: 'markcommentqx',
  modelTitle: 'markmodeltitleqx',
  modelBody: 'markmodelbodyqx',
  modelProse: 'markmodelproseqx',
  modelError: 'markmodelerrorqx',
} as const

/** In any spelling under which it could be found again. */
function spellings(word: string): Buffer[] {
  const utf16 = Buffer.from(word, 'utf16le')
  // Base64 of the word at each of the three offsets, without the characters that depend on its neighbours.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from(
      Buffer.from(' '.repeat(offset) + word)
        .toString('base64')
        .slice(4, -4),
    ),
  )
  return [Buffer.from(word), utf16, Buffer.from(Buffer.from(word).toString('hex')), ...base64]
}

function markersIn(text: string | Buffer): string[] {
  const bytes = Buffer.from(text)
  return Object.entries(markers).flatMap(([place, word]) =>
    spellings(word).some((spelling) => bytes.includes(spelling)) ? [place] : [],
  )
}

function answerTo(completion: SeenCompletion): string {
  const { schema } = completion.response_format.json_schema
  if (!JSON.stringify(schema).includes('findings'))
    return JSON.stringify({ reason: markers.modelBody, verdict: 'real' })
  const prompt = completion.messages.map(({ content }) => content).join('\n')
  const line = /^(\w+)\|\+.*markaddedqx/m.exec(prompt)?.[1]
  const finding = {
    quote: `const two = '${markers.added}'`,
    line,
    firstLine: line,
    body: `It fails: ${markers.modelBody}.`,
    title: `Wrong ${markers.modelTitle}`,
    category: 'bug',
    severity: 'high',
    confidence: 'certain',
    fix: 'none',
    replacement: '',
  }
  return JSON.stringify({ findings: line === undefined ? [] : [finding] })
}

const broken: readonly Act[] = [
  { kind: 'answer', text: `Sorry: ${markers.modelProse}` },
  { kind: 'answer', text: JSON.stringify({ findings: [{ line: markers.modelProse }] }) },
  { kind: 'refusal', text: markers.modelProse },
  { kind: 'status', status: 500, body: JSON.stringify({ error: { message: markers.modelError } }) },
  { kind: 'status', status: 400, body: JSON.stringify({ error: { message: markers.modelError } }) },
  { kind: 'raw', contentType: 'text/html', body: `<html>${markers.modelError}</html>` },
  { kind: 'pieces', pieces: ['{"findings":[{"title":"', markers.modelProse], everyMs: 1, end: 'drop' },
]

const change = {
  files: {
    [`src/${markers.path}.js`]: `const one = '${markers.context}'\nconst two = '${markers.added}'\nrun(eval(two))\n`,
  },
  baseFiles: {
    [`src/${markers.path}.js`]: `const one = '${markers.context}'\nconst two = '${markers.deleted}'\n`,
    'AGENTS.md': `Never write ${markers.guideline}.\n`,
    '.github/ai-review/rules/own.yml': `id: ${markers.rule}\nlanguage: javascript\nrule: [${markers.rule}\n`,
    '.github/ai-review.yml': `max-comments: 9 # ${markers.policy}\n`,
  },
  title: `Use ${markers.title}`,
  body: `Because of ${markers.body}`,
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Every row of every table, as text. */
async function dump(directory: string): Promise<string> {
  await using database = await openPGlite(directory)
  const tables = await database.query<{ name: string }>(
    "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  )
  const rows = await Promise.all(tables.map(({ name }) => database.query(`SELECT * FROM ${name}`)))
  return JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
}

test('no text of a change or of a model stands in any log, metric or table', {
  timeout: 120_000,
}, async () => {
  let asked = 0
  let script = (completion: SeenCompletion): Act => ({ kind: 'answer', text: answerTo(completion) })
  await using engine = await startOpenAiServer({
    script: (completion) => {
      asked += 1
      return script(completion)
    },
  })
  await using server = await startModelServer({
    env: {
      LOG_LEVEL: 'trace',
      ENGINE: 'openai',
      OPENAI_BASE_URL: `${engine.url}/v1`,
      OPENAI_MODEL: 'scripted',
    },
  })
  await using scene = await setScene(change)
  await scene.pull.addReviewComment(
    'contributor',
    { path: `src/${markers.path}.js`, side: 'RIGHT', line: 2 },
    `What about ${markers.comment}?`,
  )
  const debug = {
    debug: true,
    env: { ACTIONS_STEP_DEBUG: 'true', ACTIONS_RUNNER_DEBUG: 'true', NODE_DEBUG: '' },
  }
  const run = await review(scene, { server, ...debug })

  // The words did go all the way, or their absence below would prove nothing.
  expect(asked).toBeGreaterThan(0)
  expect(JSON.stringify(engine.seen)).toContain(markers.added)
  expect(JSON.stringify(engine.seen)).toContain(markers.guideline)
  expect(
    scene.pull
      .comments()
      .map(({ body }) => body)
      .join('\n'),
  ).toContain(markers.modelTitle)
  expect(markersIn(run.stdout + run.stderr)).toEqual([])

  for (const [index, act] of broken.entries()) {
    script = () => act
    await scene.repository.push(scene.pull, { 'src/more.js': `const more = '${markers.added}${index}'\n` })
    const again = await review(scene, { server, on: 'synchronize', ...debug })
    expect(again.exitCode).toBe(0)
    expect(markersIn(again.stdout + again.stderr)).toEqual([])
  }

  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' }
  const wrong = [
    `{"${markers.added}`,
    JSON.stringify({ [markers.path]: 1 }),
    JSON.stringify({ files: markers.added }),
  ]
  for (const body of wrong) {
    const answer = await fetch(`${server.url}/v1/reviews?${markers.title}`, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
  }
  await fetch(`${server.url}/v1/reviews/${markers.path}`, { headers })
  await fetch(`${server.url}/${markers.path}`, { headers })
  const metrics = await fetch(`${server.url}/metrics`, { headers })
  expect(metrics.status).toBe(200)
  expect(markersIn(await metrics.text())).toEqual([])

  await server.stop()
  expect(server.printed()).toContain('"level":30')
  expect(markersIn(server.printed())).toEqual([])
  const files = await filesBelow(server.dataDirectory)
  expect(files.length).toBeGreaterThan(10)
  const found = await Promise.all(
    files.map(async (file) => markersIn(await readFile(file)).map((place) => `${place} in ${file}`)),
  )
  expect(found.flat()).toEqual([])
  const rows = await dump(join(server.dataDirectory, 'data'))
  expect(rows).toContain(String(scene.repository.state.id))
  expect(markersIn(rows)).toEqual([])
})
