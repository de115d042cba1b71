import type { FileToReview } from '@ai-review/protocol/change'
import { efforts, type ReviewRequest } from '@ai-review/protocol/review'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../../runner/model-server/src/engine/engine.ts'
import { placeOf } from '../../../../runner/model-server/src/review/diff-lines.ts'
import { planReview, type ReviewPlan } from '../../../../runner/model-server/src/review/plan/plan-review.ts'
import { reviewQuestion } from '../../../../runner/model-server/src/review/prompt/review-question.ts'
import { aChangedFile, aHunk, aReviewRequest } from '../../../support/review-request.ts'
import { lineIdsOf } from '../../../support/scripted-engine.ts'

const countTokens = async (messages: readonly Message[]) =>
  messages.reduce((sum, message) => sum + 4 + Math.ceil(Buffer.byteLength(message.content) / 3), 0)

async function plan(
  request: ReviewRequest,
  contextTokens = 8192,
  effort: (typeof efforts)[number] = 'standard',
): Promise<ReviewPlan> {
  const planned = await planReview(request, { effort, contextTokens, countTokens })
  if (typeof planned === 'string') throw new Error(`not planned: ${planned}`)
  return planned
}

function questionsOf({ frame, batches }: ReviewPlan) {
  const { contextLines } = frame.settings
  return batches.map((batch) => reviewQuestion(frame, batch, { focus: 'anything', contextLines }))
}

const codeLine = fc.oneof(
  { weight: 8, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 500, maxLength: 3000 }) },
)
const diffLine = fc
  .tuple(fc.constantFrom('+', '-', ' '), codeLine)
  .map(([sign, text]) => sign + text.replaceAll('\n', ' '))
const hunkLines = fc.array(diffLine, { minLength: 1, maxLength: 200 })
const file: fc.Arbitrary<FileToReview> = fc
  .tuple(
    fc.constantFrom('src/a.ts', 'src/a.test.ts', 'docs/b.md', 'c.yaml', 'lib/d.py'),
    fc.array(hunkLines, { minLength: 1, maxLength: 4 }),
  )
  .map(([path, hunks]) =>
    aChangedFile([], { path, hunks: hunks.map((lines, index) => aHunk(lines, 1 + index * 1000)) }),
  )
const files = fc.uniqueArray(file, { minLength: 1, maxLength: 4, selector: (one) => one.path })

describe('a plan', () => {
  it('shows every changed line, under an id that names exactly it', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom(...efforts), async (changed, effort) => {
        const request = aReviewRequest(changed)
        const texts = new Map(
          changed.flatMap((one) =>
            one.hunks.flatMap((hunk) =>
              hunk.lines.map(
                (line) => [JSON.stringify([one.path, Object.values(placeOf(line))]), line] as const,
              ),
            ),
          ),
        )
        const missed = new Set(
          [...texts].filter(([, line]) => line.kind !== 'context').map(([place]) => place),
        )
        for (const question of questionsOf(await plan(request, 8192, effort))) {
          const ids = lineIdsOf(question)
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids).toEqual([...question.lines.keys()])
          for (const [id, shown] of question.lines) {
            const place = JSON.stringify([shown.path, [shown.side, shown.line]])
            expect(texts.has(place)).toBe(true)
            expect(question.messages[1]?.content).toContain(`\n${id}|`)
            missed.delete(place)
          }
        }
        expect([...missed]).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('fits prompts of ordinary code into the context, small or large', async () => {
    const lines = Array.from(
      { length: 900 },
      (_, index) => `+  const value${index} = compute(${index}, options)`,
    )
    const request = aReviewRequest([aChangedFile(lines)], {
      guidelines: [{ path: 'STYLE.md', directory: '', text: 'Write short functions.\n'.repeat(800) }],
    })
    for (const contextTokens of [2048, 4096, 32_768]) {
      const planned = await plan(request, contextTokens)
      for (const question of questionsOf(planned)) {
        expect(await countTokens(question.messages)).toBeLessThanOrEqual(
          contextTokens - planned.frame.room.answer,
        )
      }
    }
  })

  it('cuts a giant hunk into overlapping pieces', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `+line ${index}`)
    const { batches } = await plan(aReviewRequest([aChangedFile(lines)]))
    const starts = batches.flat().map((piece) => piece.lines[0])
    expect(batches.length).toBeGreaterThan(3)
    for (const batch of batches) {
      expect(batch.reduce((sum, piece) => sum + piece.lines.length, 0)).toBeLessThanOrEqual(120)
    }
    const [first, second] = batches.flat()
    const end = first?.lines.at(-1)
    expect(second?.lines.some((line) => line === end)).toBe(true)
    expect(new Set(starts).size).toBe(starts.length)
  })

  it('keeps the lines of a batch few even when they are short and of many files', async () => {
    const small = Array.from({ length: 60 }, (_, index) =>
      aChangedFile(['+a', '+b', '+c', '+d'], { path: `src/${index}.ts` }),
    )
    const { batches } = await plan(aReviewRequest(small))
    for (const batch of batches) {
      expect(batch.reduce((sum, piece) => sum + piece.lines.length, 0)).toBeLessThanOrEqual(120)
    }
  })

  it('puts code before tests and prose, so that a deadline costs the least', async () => {
    const big = (path: string) =>
      aChangedFile(
        Array.from({ length: 110 }, (_, index) => `+text ${index} of the file`),
        { path },
      )
    const { batches } = await plan(
      aReviewRequest([big('README.md'), big('test/a.test.ts'), big('ci.yaml'), big('src/a.ts')]),
    )
    const order = [...new Set(batches.flat().map((piece) => piece.file.path))]
    expect(order).toEqual(['src/a.ts', 'ci.yaml', 'test/a.test.ts', 'README.md'])
  })

  it('starts every prompt of a change with the same text', async () => {
    const big = (path: string) =>
      aChangedFile(
        Array.from({ length: 110 }, (_, index) => `+text ${index}`),
        { path },
      )
    const request = aReviewRequest([big('src/a.ts'), big('src/b.ts'), big('src/c.ts')], {
      guidelines: [{ path: 'STYLE.md', directory: '', text: 'Name things well.' }],
    })
    const prompts = questionsOf(await plan(request)).map((question) =>
      question.messages.map((message) => message.content).join('\n'),
    )
    expect(prompts.length).toBeGreaterThan(2)
    const shared = prompts.map((prompt) => prompt.slice(0, prompt.indexOf('The part to review:')))
    expect(new Set(shared).size).toBe(1)
    expect(shared[0]).toContain('Name things well.')
    expect(shared[0]).toContain('"src/c.ts"')
  })

  it('says why there is none', async () => {
    const request = aReviewRequest([aChangedFile(['+a'])])
    expect(await planReview(request, { effort: 'quick', contextTokens: 256, countTokens })).toBe('too-large')
    const broken = {
      effort: 'quick',
      contextTokens: 8192,
      countTokens: async () => 'engine-failed' as const,
    } as const
    expect(await planReview(request, broken)).toBe('engine-failed')
  })
})
