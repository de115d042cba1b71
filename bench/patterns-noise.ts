import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { ReviewRequest } from '@ai-review/protocol/review'
import { z } from 'zod'
import type { Candidate } from '../runner/model-server/src/review/reviewer.ts'
import { createPatternsReviewer } from '../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { createSecretsReviewer } from '../runner/model-server/src/review/reviewers/secrets/secrets-reviewer.ts'
import { createTextReviewer } from '../runner/model-server/src/review/reviewers/text/text-reviewer.ts'
import { parseDiff } from '../src/diff/parse-diff.ts'

/**
 * `npm run bench:patterns-noise -- --data DIR`: what the deterministic reviewers say about real, accepted changes
 * (`golden_dev.jsonl` and `golden_dev.files.jsonl.gz` in DIR), per rule. Accepted code is mostly fine, so a rule that
 * speaks often is noisy. `--samples N` prints that many flagged lines of each rule.
 */

const { values } = parseArgs({
  options: { data: { type: 'string' }, samples: { type: 'string', default: '0' } },
})
const data = values.data ?? process.env.AI_REVIEW_DATA
if (data === undefined) throw new Error('Say where the data is: --data DIR, or AI_REVIEW_DATA.')
const directory = values.data ?? join(data, 'review-bench')

const Change = z.object({ id: z.string(), diff: z.string() })
const Texts = z.object({
  id: z.string(),
  files: z.record(z.string(), z.object({ after: z.string().nullish() })),
})

const readLines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
const changes = z.array(Change).parse(readLines(readFileSync(join(directory, 'golden_dev.jsonl'), 'utf8')))
const texts = new Map(
  z
    .array(Texts)
    .parse(readLines(gunzipSync(readFileSync(join(directory, 'golden_dev.files.jsonl.gz'))).toString('utf8')))
    .map(({ id, files }) => [id, files]),
)

function requestOf(change: z.infer<typeof Change>): ReviewRequest {
  const files = parseDiff(change.diff).files.filter(({ hunks }) => hunks.length > 0)
  return ReviewRequest.parse({
    repository: { id: 1, owner: 'bench', name: 'noise' },
    change: { number: 1, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
    policyHash: '0'.repeat(64),
    deadlineMs: 600_000,
    changedFiles: [],
    files: files.map(({ path, status, hunks }) => ({
      path,
      status,
      hunks: hunks.map((hunk) => ({ ...hunk, identity: '0'.repeat(64) })),
      headText: texts.get(change.id)?.[path]?.after ?? undefined,
    })),
  })
}

function lineOf(request: ReviewRequest, candidate: Candidate): string {
  const hunks = request.files.find(({ path }) => path === candidate.path)?.hunks ?? []
  const line = hunks
    .flatMap(({ lines }) => lines)
    .find((one) => one.kind !== 'deleted' && one.newLine === candidate.line)
  return line?.text.trim().slice(0, 120) ?? '(no such line)'
}

const reviewers = [createPatternsReviewer(), createSecretsReviewer(), createTextReviewer()]
const found = new Map<string, string[]>()
let added = 0
let missed = 0
const counts = new Map<string, number>()
const start = performance.now()
for (const change of changes) {
  const request = requestOf(change)
  added += request.files
    .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines))
    .filter(({ kind }) => kind === 'added').length
  for (const reviewer of reviewers) {
    const context = {
      signal: new AbortController().signal,
      deadline: Date.now() + 600_000,
      onProgress: () => {},
    }
    const { candidates, coverage } = await reviewer.review(request, context)
    missed += coverage.length
    counts.set(reviewer.name, (counts.get(reviewer.name) ?? 0) + candidates.length)
    for (const candidate of candidates) {
      const rule = candidate.evidence[0]?.reference ?? ''
      found.set(rule, [
        ...(found.get(rule) ?? []),
        `${candidate.path}:${candidate.line} ${lineOf(request, candidate)}`,
      ])
    }
  }
}
const seconds = (performance.now() - start) / 1000

process.stdout.write(
  `${changes.length} changes, ${added} added lines, ${seconds.toFixed(1)} s, ${missed} files not read\n`,
)
for (const [name, count] of counts)
  process.stdout.write(`${name}: ${count} findings, ${(count / changes.length).toFixed(3)} a change\n`)
for (const [rule, places] of [...found].sort((a, b) => b[1].length - a[1].length)) {
  process.stdout.write(`${String(places.length).padStart(5)}  ${rule}\n`)
  for (const place of places.slice(0, Number(values.samples))) process.stdout.write(`         ${place}\n`)
}
