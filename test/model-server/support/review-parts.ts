import { createHash, randomBytes } from 'node:crypto'
import type { ReviewRequestInput } from '@ai-review/protocol/review'
import type {
  Pipeline,
  PipelineResult,
  PipelineRun,
  RankedFinding,
} from '../../../runner/model-server/src/review/pipeline-contract.ts'

const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** A whole, valid request over one added line; `head` names a head commit. */
export function aReviewRequest(
  overrides: Partial<ReviewRequestInput> & { readonly head?: string; readonly text?: string } = {},
): ReviewRequestInput {
  const { head, text, ...fields } = overrides
  return {
    repository: { id: 7, owner: 'acme', name: 'shop' },
    change: { number: 3, headSha: hex(head ?? 'head').slice(0, 40), baseSha: hex('base').slice(0, 40) },
    policyHash: hex('policy'),
    deadlineMs: 60_000,
    changedFiles: [{ path: 'src/a.ts', status: 'modified', additions: 1, deletions: 0 }],
    files: [
      {
        path: 'src/a.ts',
        status: 'modified',
        hunks: [
          {
            oldStart: 1,
            oldLines: 0,
            newStart: 1,
            newLines: 1,
            section: '',
            identity: hex('hunk'),
            lines: [{ kind: 'added', text: text ?? 'const a = 1', newLine: 1 }],
          },
        ],
      },
    ],
    ...fields,
  }
}

export function aRankedFinding(overrides: Partial<RankedFinding> = {}): RankedFinding {
  return {
    path: 'src/a.ts',
    side: 'RIGHT',
    line: 1,
    category: 'bug',
    severity: 'high',
    confidence: 0.8,
    title: 'The value is never used',
    body: 'Remove it.',
    evidence: [],
    reviewer: 'patterns',
    identity: hex('finding'),
    ...overrides,
  }
}

export function aPipelineResult(overrides: Partial<PipelineResult> = {}): PipelineResult {
  return {
    findings: [aRankedFinding()],
    complete: true,
    coverage: [{ path: 'src/a.ts', hunks: 1, reviewedHunks: 1 }],
    discarded: { disproved: 0, duplicate: 0, invalid: 0 },
    usage: {
      promptTokens: 10,
      completionTokens: 5,
      modelCalls: 1,
      cachedBatches: 0,
      batches: 1,
      engineMs: 1,
      totalMs: 2,
    },
    provenance: {
      serverVersion: '0.1.0',
      model: null,
      modelHash: null,
      adapter: null,
      promptVersion: '1',
      promptHash: hex('prompt'),
      policyHash: hex('policy'),
      reviewers: ['patterns'],
    },
    notices: [],
    ...overrides,
  }
}

/** A pipeline whose runs wait until the test lets them go. */
export class GatedPipeline implements Pipeline {
  readonly runs: { readonly head: string; readonly repositoryId: number; readonly run: PipelineRun }[] = []
  readonly #gates: PromiseWithResolvers<PipelineResult>[] = []
  #isOpen = false

  run: Pipeline['run'] = (request, run) => {
    this.runs.push({ head: request.change.headSha, repositoryId: request.repository.id, run })
    const gate = Promise.withResolvers<PipelineResult>()
    this.#gates.push(gate)
    run.onProgress({ stage: 'review', done: 0, total: 1 })
    run.signal.addEventListener('abort', () =>
      gate.resolve(aPipelineResult({ complete: false, findings: [] })),
    )
    if (this.#isOpen) gate.resolve(aPipelineResult())
    return gate.promise
  }

  /** Lets the oldest waiting run end with `result`. */
  release(result: PipelineResult = aPipelineResult()): void {
    this.#gates.shift()?.resolve(result)
  }

  /** Lets the oldest waiting run fail. */
  fail(error: Error): void {
    this.#gates.shift()?.reject(error)
  }

  /** Lets all runs end, those to come as well. */
  open(): void {
    this.#isOpen = true
    for (const gate of this.#gates.splice(0)) gate.resolve(aPipelineResult())
  }
}

/** A key long enough to be accepted. */
export function anApiKey(): string {
  return randomBytes(32).toString('hex')
}

/** Waits until `isTrue`, for at most 25 seconds. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('It did not become true in time')
    await new Promise((done) => setTimeout(done, 10))
  }
}
