import { expect, test } from 'vitest'
import { createPipeline } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import { aChangedFile, aReviewRequest, aRun } from '../../support/review-request.ts'
import {
  anAnsweredFinding,
  answerWith,
  asksForVerdict,
  createScriptedEngine,
  lineIdsOf,
  verdictOf,
} from '../../support/scripted-engine.ts'

const lines = 40
const file = aChangedFile(
  Array.from({ length: lines }, (_, index) => `+const value${index + 1} = ${index + 1}`),
)

/** An engine that sees a flaw in each of the lines of which `isFlawed` holds, and tells as many as fit into an answer. */
function seeing(isFlawed: (line: number) => boolean) {
  return createScriptedEngine((request) => {
    if (asksForVerdict(request)) return verdictOf('real')
    const flawed = lineIdsOf(request).filter((id) => isFlawed(Number(id.slice(1))))
    const findings = flawed.map((id) =>
      anAnsweredFinding({
        line: id,
        firstLine: id,
        quote: `const value${id.slice(1)} = ${id.slice(1)}`,
        title: id,
      }),
    )
    return answerWith(...findings.slice(0, 5))
  })
}

function review(engine: ReturnType<typeof seeing>) {
  const pipeline = createPipeline({ engine, reviewers: [], cache: noCache, serverVersion: '1' })
  return pipeline.run(aReviewRequest([file]), aRun({ effort: 'standard' }))
}

const reviewsOf = (engine: ReturnType<typeof seeing>) =>
  engine.asked.filter((request) => !asksForVerdict(request)).length

test('flaws beyond what one answer holds are asked for: each is found once', async () => {
  const engine = seeing((line) => line % 5 === 0)
  const { findings, discarded, complete } = await review(engine)
  expect(findings.map(({ line }) => line).sort((a, b) => a - b)).toEqual([5, 10, 15, 20, 25, 30, 35, 40])
  expect(discarded.duplicate).toBe(0)
  expect(complete).toBe(true)
})

test('an answer with room left is the last word', async () => {
  const engine = seeing((line) => line % 10 === 0)
  expect((await review(engine)).findings).toHaveLength(4)
  expect(reviewsOf(engine)).toBe(1)
})

test('an engine that never has enough is asked fifteen times at most', async () => {
  const engine = seeing(() => true)
  const { findings } = await review(engine)
  expect(findings).toHaveLength(lines)
  expect(reviewsOf(engine)).toBe(15)
})
