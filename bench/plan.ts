import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { efforts, ReviewRequest } from '@ai-review/protocol/review'
import type { Message } from '../runner/model-server/src/engine/engine.ts'
import { planReview } from '../runner/model-server/src/review/plan/plan-review.ts'
import { reviewQuestion } from '../runner/model-server/src/review/prompt/review-question.ts'
import { hunkIdentity } from '../src/diff/hunk-identity.ts'
import { parseDiff } from '../src/diff/parse-diff.ts'

/** Bytes per token assumed without a tokenizer: code has 2.5 to 4 with the vocabularies of current models. */
const bytesPerToken = 3

const contextTokens = 16_384

interface Change {
  readonly id: string
  readonly diff: string
}

interface Measured {
  readonly id: string
  readonly batches: number
  readonly tokens: number
  readonly largest: number
  readonly lineIds: number
  readonly unresolved: number
  readonly missedLines: number
}

const countTokens = async (messages: readonly Message[]): Promise<number> =>
  messages.reduce(
    (sum, message) => sum + 4 + Math.ceil(Buffer.byteLength(message.content) / bytesPerToken),
    0,
  )

async function readHeadTexts(path: string): Promise<Map<string, Record<string, { after: string | null }>>> {
  const lines = createInterface({
    input: createReadStream(path).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  const texts = new Map<string, Record<string, { after: string | null }>>()
  for await (const line of lines) {
    const { id, files } = JSON.parse(line) as { id: string; files: Record<string, { after: string | null }> }
    texts.set(id, files)
  }
  return texts
}

function requestOf(
  change: Change,
  texts: Record<string, { after: string | null }> | undefined,
): ReviewRequest {
  const files = parseDiff(change.diff).files.filter((file) => file.hunks.length > 0)
  return ReviewRequest.parse({
    repository: { id: 1, owner: 'bench', name: 'plan' },
    change: { number: 1, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
    policyHash: '0'.repeat(64),
    deadlineMs: 600_000,
    changedFiles: files.map(({ path, status, additions, deletions }) => ({
      path,
      status,
      additions,
      deletions,
    })),
    files: files.map((file) => {
      const headText = texts?.[file.path]?.after
      return {
        path: file.path,
        ...(file.previousPath === undefined ? {} : { previousPath: file.previousPath }),
        status: file.status,
        hunks: file.hunks.map((hunk) => ({ ...hunk, identity: hunkIdentity(file.path, hunk) })),
        ...(typeof headText === 'string' ? { headText } : {}),
      }
    }),
  })
}

const lineKey = (path: string, side: string, line: number): string => JSON.stringify([path, side, line])

/** Changed lines of a request, as a set of places. */
function changedLines(request: ReviewRequest): Set<string> {
  const lines = request.files.flatMap((file) =>
    file.hunks.flatMap((hunk) =>
      hunk.lines.flatMap((line) => {
        if (line.kind === 'context') return []
        return line.kind === 'deleted'
          ? [lineKey(file.path, 'LEFT', line.oldLine)]
          : [lineKey(file.path, 'RIGHT', line.newLine)]
      }),
    ),
  )
  return new Set(lines)
}

/** Ids that the schema offers for a line; each must name one shown line of the request. */
function idsOf(schema: unknown): string[] {
  const { properties } = schema as {
    properties: { findings: { items: { properties: { line: { enum: string[] } } } } }
  }
  return properties.findings.items.properties.line.enum
}

async function measure(
  id: string,
  request: ReviewRequest,
  effort: (typeof efforts)[number],
): Promise<Measured> {
  const plan = await planReview(request, { effort, contextTokens, countTokens })
  if (typeof plan === 'string') throw new Error(`${id}: not planned, ${plan}`)
  const missed = changedLines(request)
  const texts = new Map(
    request.files.flatMap((file) =>
      file.hunks.flatMap((hunk) =>
        hunk.lines.map((line) => [
          line.kind === 'deleted'
            ? lineKey(file.path, 'LEFT', line.oldLine)
            : lineKey(file.path, 'RIGHT', line.newLine),
          line.text,
        ]),
      ),
    ),
  )
  const tokens: number[] = []
  let lineIds = 0
  let unresolved = 0
  const { passes, contextLines } = plan.frame.settings
  const readings = passes.flatMap((focus) => plan.batches.map((batch) => ({ focus, batch })))
  for (const { focus, batch } of readings) {
    const question = reviewQuestion(plan.frame, batch, { focus, contextLines })
    tokens.push(await countTokens(question.messages))
    const ids = idsOf(question.schema)
    lineIds += ids.length
    for (const lineId of ids) {
      const shown = question.lines.get(lineId)
      const key = shown === undefined ? '' : lineKey(shown.path, shown.side, shown.line)
      if (!texts.has(key)) unresolved += 1
      missed.delete(key)
    }
    if (new Set(ids).size !== ids.length) unresolved += 1
  }
  return {
    id,
    batches: readings.length,
    tokens: tokens.reduce((sum, count) => sum + count, 0),
    largest: Math.max(0, ...tokens),
    lineIds,
    unresolved,
    missedLines: missed.size,
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

const spread = (values: readonly number[]) => ({
  median: quantile(values, 0.5),
  p90: quantile(values, 0.9),
  max: Math.max(0, ...values),
})

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, json: { type: 'string' } } })
  const data = values.data ?? process.env.AI_REVIEW_DATA
  if (data === undefined) {
    process.stderr.write('bench:plan needs the review benchmark: give --data DIR or set AI_REVIEW_DATA.\n')
    process.exitCode = 2
    return
  }
  const folder = join(data, 'review-bench')
  const texts = await readHeadTexts(join(folder, 'golden_dev.files.jsonl.gz'))
  const changes = (await readFile(join(folder, 'golden_dev.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Change)
  const requests = changes.map((change) => ({
    id: change.id,
    request: requestOf(change, texts.get(change.id)),
  }))
  const results = []
  for (const effort of efforts) {
    const started = performance.now()
    const measured: Measured[] = []
    for (const { id, request } of requests) measured.push(await measure(id, request, effort))
    const sum = (key: 'lineIds' | 'unresolved' | 'missedLines') =>
      measured.reduce((total, one) => total + one[key], 0)
    results.push({
      effort,
      changes: measured.length,
      batches: spread(measured.map((one) => one.batches)),
      tokens: spread(measured.map((one) => one.tokens)),
      largestPrompt: Math.max(...measured.map((one) => one.largest)),
      lineIds: sum('lineIds'),
      unresolved: sum('unresolved'),
      missedLines: sum('missedLines'),
      msPerChange: Number(((performance.now() - started) / measured.length).toFixed(2)),
    })
  }
  const row = (cells: readonly unknown[]) => `${cells.map((cell) => String(cell).padStart(10)).join(' ')}\n`
  const head = [
    'effort',
    'changes',
    'batches~',
    'p90',
    'max',
    'tokens~',
    'p90',
    'max',
    'largest',
    'line ids',
    'unresolved',
    'missed',
    'ms/change',
  ]
  process.stdout.write(row(head))
  for (const one of results) {
    const { effort, batches, tokens } = one
    process.stdout.write(
      row([
        effort,
        one.changes,
        ...Object.values(batches),
        ...Object.values(tokens),
        one.largestPrompt,
        one.lineIds,
        one.unresolved,
        one.missedLines,
        one.msPerChange,
      ]),
    )
  }
  process.stdout.write(`\n${JSON.stringify({ contextTokens, bytesPerToken, results }, null, 2)}\n`)
  if (results.some((one) => one.unresolved > 0 || one.missedLines > 0)) process.exitCode = 1
}

await main()
