import type { FileToReview } from '@ai-review/protocol/change'
import type { Ledger } from '@ai-review/protocol/seal'
import { expect, test } from 'vitest'
import { recognise } from '../../../../runner/model-server/src/review/earlier/recognise.ts'
import { createPipeline } from '../../../../runner/model-server/src/review/pipeline.ts'
import { noCache } from '../../../../runner/model-server/src/review/pipeline-contract.ts'
import type { Reviewer } from '../../../../runner/model-server/src/review/reviewer.ts'
import { aChangedFile, aHunk, aReviewRequest, aRun } from '../../../support/review-request.ts'
import { answerWith, createScriptedEngine } from '../../../support/scripted-engine.ts'
import { aLedger, aMark } from '../../support/sealed.ts'

const total = 'const total = price * quantity'
const mark = aMark({ text: [total] })
const raised = aHunk([`+${total}`])
const around = aHunk([`+${total}`, '+check(total)'])
const elsewhere = aHunk(['+unrelated()'], 200)
const filesOf = (...hunks: FileToReview['hunks']) => [aChangedFile([], { hunks })]

const finder: Reviewer = {
  name: 'patterns',
  review: async () => ({
    candidates: [
      {
        path: 'src/app.ts',
        side: 'RIGHT',
        line: 1,
        title: 'Overflow',
        body: '',
        evidence: [],
        category: 'bug',
        severity: 'high',
        confidence: 0.9,
        reviewer: 'patterns',
      },
    ],
    coverage: [],
    notices: [],
    invalid: 0,
  }),
}

interface Run {
  readonly files: FileToReview[]
  readonly ledgers: readonly Pick<Ledger, 'hunks'>[]
  /** The finding is raised in this run. */
  readonly finds?: boolean
  readonly full?: boolean
  /** The model answers nonsense to what holds this text. */
  readonly fails?: string
}

/** What a run is told of the finding, and the ledgers that stand on the pull request after it. */
async function run({ files, ledgers, finds = false, full = false, fails }: Run) {
  const sealed = ledgers.map((ledger) => ({ ...aLedger([]), ...ledger }))
  const request = aReviewRequest(files)
  const known = recognise({ files: request.files, marks: [mark], ledgers: sealed, full, hasModel: true })
  const engine = createScriptedEngine(({ messages }) =>
    fails !== undefined && messages.some(({ content }) => content.includes(fails))
      ? 'nonsense'
      : answerWith(),
  )
  const pipeline = createPipeline({
    engine,
    reviewers: finds ? [finder] : [],
    cache: noCache,
    serverVersion: '1',
  })
  const { read = [] } = await pipeline.run(request, aRun({ effort: 'quick', known }))
  return {
    state: known.earlier[0]?.state,
    calls: engine.asked.length,
    ledgers: [...ledgers, { hunks: [...read] }],
  }
}

test('what was fixed stays fixed in the runs that do not read its hunk again', async () => {
  const first = await run({ files: filesOf(raised), ledgers: [], finds: true })
  const fixing = await run({ files: filesOf(around), ledgers: first.ledgers })
  const next = await run({ files: filesOf(around), ledgers: fixing.ledgers })
  const later = await run({ files: filesOf(around, elsewhere), ledgers: next.ledgers })
  const all = await run({ files: filesOf(around, elsewhere), ledgers: later.ledgers, full: true })
  expect([fixing, next, later, all].map(({ state }) => state)).toEqual(Array(4).fill('changed'))
  expect(next.calls).toBe(0)
})

test('what is found again is not fixed any more', async () => {
  const first = await run({ files: filesOf(raised), ledgers: [], finds: true })
  const fixing = await run({ files: filesOf(around), ledgers: first.ledgers })
  const back = await run({ files: filesOf(around), ledgers: fixing.ledgers, full: true, finds: true })
  expect((await run({ files: filesOf(around), ledgers: back.ledgers })).state).toBe('settled')
})

test('what is raised again in a changed hunk is not fixed by the run after', async () => {
  const first = await run({ files: filesOf(raised), ledgers: [], finds: true })
  const again = await run({ files: filesOf(around), ledgers: first.ledgers, finds: true })
  expect(again.state).toBe('changed')
  expect((await run({ files: filesOf(around), ledgers: again.ledgers })).state).toBe('settled')
})

test('a changed hunk that was not read whole fixes nothing', async () => {
  const first = await run({ files: filesOf(raised, elsewhere), ledgers: [], finds: true })
  const late = await run({
    files: filesOf(around, elsewhere),
    ledgers: first.ledgers,
    fails: 'check(total)',
  })
  const next = await run({ files: filesOf(around, elsewhere), ledgers: late.ledgers })
  expect([late.state, next.state]).toEqual(['changed', 'reread'])
})

test('a hunk that was not read whole when the finding was raised in it has not changed in the next run', async () => {
  const apart = [...filesOf(raised), aChangedFile([], { path: 'src/other.ts', hunks: [elsewhere] })]
  const broken = await run({ files: apart, ledgers: [{ hunks: [] }], finds: true, fails: total })
  expect((await run({ files: apart, ledgers: broken.ledgers })).state).toBe('reread')
})

test('a hunk that was left out for a run has not changed when it is back', async () => {
  const first = await run({ files: filesOf(raised, elsewhere), ledgers: [], finds: true })
  const without = await run({ files: filesOf(elsewhere), ledgers: first.ledgers })
  const back = await run({ files: filesOf(raised, elsewhere), ledgers: without.ledgers })
  expect([without.state, back.state]).toEqual(['gone', 'reread'])
  expect(back.calls).toBeGreaterThan(0)
})
