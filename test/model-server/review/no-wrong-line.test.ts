import type { ReviewRequestInput } from '@ai-review/protocol/review'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CompletionRequest } from '../../../runner/model-server/src/engine/engine.ts'
import { createPipeline } from '../../../runner/model-server/src/review/pipeline.ts'
import { noCache, type RankedFinding } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import { createTextReviewer } from '../../../runner/model-server/src/review/reviewers/text/text-reviewer.ts'
import { canComment } from '../../../src/diff/commentable.ts'
import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { hunkIdentity } from '../../../src/diff/hunk-identity.ts'
import { lineText } from '../../../src/diff/line-at.ts'
import { parseDiff } from '../../../src/diff/parse-diff.ts'
import { GitRepository } from '../../support/diff/git-repository.ts'
import { type RandomChange, randomChanges } from '../../support/diff/random-change.ts'
import { aReviewRequest, aRun } from '../../support/review-request.ts'
import { asksForVerdict, createScriptedEngine, lineIdsOf, verdictOf } from '../../support/scripted-engine.ts'

type FileToSend = ReviewRequestInput['files'][number]

const submodule = '160000'

/** Files as a client sends them: with hunks, and a head text that may also be missing or of another commit. */
function filesToSend(files: readonly FileDiff[], changes: readonly RandomChange[]): FileToSend[] {
  return files
    .filter((file) => file.hunks.length > 0 && !file.binary)
    .filter((file) => file.newMode !== submodule && file.oldMode !== submodule)
    .map(({ path, status, hunks }, index) => {
      const head = changes.find((change) => change.newPath.toString() === path)?.after?.content.toString()
      const text = index % 3 === 1 ? `moved\n${head}` : head
      return {
        path,
        status,
        hunks: hunks.map((hunk) => ({
          ...hunk,
          identity: hunkIdentity(path, hunk),
          lines: [...hunk.lines],
        })),
        ...(text === undefined || index % 3 === 2 ? {} : { headText: text }),
      }
    })
}

/** What a model that wants to be wrong says about the lines it was shown; numbers choose among them. */
interface Whim {
  readonly line: number
  readonly firstLine: number
  /** An id that was not shown, or null. */
  readonly stray: string | null
  /** Null copies the line that it names. */
  readonly quote: string | null
  readonly fix: string
  readonly replacement: string
}

const whim: fc.Arbitrary<Whim> = fc.record({
  line: fc.nat(),
  firstLine: fc.nat(),
  stray: fc.option(fc.constantFrom('A0', 'A-0', 'Z9', 'A99999', 'A1.5', '__proto__', '', 'A 1'), { freq: 1 }),
  quote: fc.option(fc.oneof(fc.constantFrom('return x', '}', '', 'crlf', '@@ -1 +1 @@'), fc.string()), {
    freq: 1,
  }),
  fix: fc.constantFrom('none', 'replace', 'delete'),
  replacement: fc.constantFrom('', 'b', 'return y', '```\nx', 'a\nb\nc'),
})

function answerOf(whims: readonly Whim[], request: CompletionRequest): string {
  const ids = lineIdsOf(request)
  const shown = request.messages.at(-1)?.content.split('\n') ?? []
  const copyOf = (id: string) => shown.find((text) => text.startsWith(`${id}|`)) ?? ''
  const findings = whims.map((one, index) => {
    const at = one.line % ids.length
    // Half of the ranges begin a few lines before their end, where they can be whole.
    const first = one.firstLine % 2 === 0 ? Math.max(0, at - (one.firstLine % 4)) : one.firstLine % ids.length
    const id = ids[at] ?? ''
    return {
      quote: one.quote ?? copyOf(id),
      line: one.stray ?? id,
      firstLine: ids[first],
      body: `Body ${index}`,
      title: `Title ${index}`,
      category: 'bug',
      severity: 'high',
      confidence: 'certain',
      fix: one.fix,
      replacement: one.replacement,
    }
  })
  return JSON.stringify({ findings })
}

/** The lines that a finding is about, as the diff and as the head text show them. */
function flaggedTexts({ startLine, line }: RankedFinding, file: FileDiff, headText: string | undefined) {
  const numbers = Array.from({ length: line - (startLine ?? line) + 1 }, (_, offset) => line - offset)
  const head = headText?.split('\n')
  return {
    inDiff: numbers.map((number) => lineText(file, 'RIGHT', number)),
    inHead: numbers.map((number) => head?.[number - 1] ?? null),
  }
}

it('puts every finding where the host takes a comment, whatever the model answers about real diffs', async () => {
  using repository = new GitRepository()
  const seen = { findings: 0, ranges: 0, suggestions: 0 }
  const check = (finding: RankedFinding, files: readonly FileDiff[], sent: readonly FileToSend[]) => {
    const { path, side, startLine, line, suggestion } = finding
    const file = files.find((one) => one.path === path)
    if (file === undefined) throw new Error('The path is not in the diff.')
    const range = { side, line, ...(startLine === undefined ? {} : { startLine }) }
    expect(canComment(file, range)).toEqual({ ok: true })
    seen.findings += 1
    if (startLine !== undefined) seen.ranges += 1
    if (suggestion === undefined) return
    seen.suggestions += 1
    // A click replaces these lines of the head, so they must be those that the diff shows.
    const { inDiff, inHead } = flaggedTexts(finding, file, sent.find((one) => one.path === path)?.headText)
    expect(inHead).toEqual(inDiff)
  }
  await fc.assert(
    fc.asyncProperty(randomChanges(12), fc.array(whim, { minLength: 5 }), async (changes, whims) => {
      repository.commit(changes)
      const { files } = parseDiff(repository.diff(['--find-renames', '-U2']))
      const sent = filesToSend(files, changes)
      if (sent.length === 0) return
      const engine = createScriptedEngine((request) =>
        asksForVerdict(request) ? verdictOf('real') : answerOf(whims, request),
      )
      const reviewers = [createTextReviewer()]
      const pipeline = createPipeline({ engine, reviewers, cache: noCache, serverVersion: '1' })
      const request = aReviewRequest([], { files: sent, changedFiles: [] })
      const { findings } = await pipeline.run(request, aRun())
      for (const finding of findings) check(finding, files, sent)
    }),
    { numRuns: 120 },
  )
  expect(seen.findings).toBeGreaterThan(100)
  expect(seen.ranges).toBeGreaterThan(10)
  expect(seen.suggestions).toBeGreaterThan(10)
}, 120_000)
