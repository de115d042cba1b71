import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRules } from '../../../../runner/model-server/src/review/reviewers/patterns/parse-rules.ts'
import { createPatternsReviewer } from '../../../../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { loadShippedRules } from '../../../../runner/model-server/src/review/reviewers/patterns/shipped-rules.ts'
import { aChangedFile, aHunk, aReviewRequest } from '../../../support/review-request.ts'
import { aReviewerContext } from '../../../support/reviewer-context.ts'

const reviewer = createPatternsReviewer()

const review = (lines: readonly string[], overrides: Parameters<typeof aChangedFile>[1] = {}) =>
  reviewer.review(aReviewRequest([aChangedFile(lines, overrides)]), aReviewerContext())

const idsAt = (candidates: Awaited<ReturnType<typeof review>>['candidates']) =>
  candidates.map(({ line, evidence }) => `${evidence[0]?.reference}@${line}`)

describe('the patterns reviewer', () => {
  it('flags added lines alone', async () => {
    const result = await review([' debugger', '+debugger', '-debugger', ' ok()', '+debugger'])
    expect(idsAt(result.candidates)).toEqual(['js-debugger@2', 'js-debugger@4'])
  })

  it('anchors a match over several lines to the first of them that was added', async () => {
    const result = await review([' try {', '   save()', '+} catch (error) {', '+}'])
    expect(idsAt(result.candidates)).toEqual(['js-empty-catch@3'])
    const half = await review([' try {', '   save()', ' } catch (error) {', '-  report(error)', '+', ' }'])
    expect(idsAt(half.candidates)).toEqual(['js-empty-catch@4'])
  })

  it('offers the rule’s fix for exactly the matched lines', async () => {
    const result = await review([' const é = "😀"', '+  if (no) throw "missing"', '+debugger'])
    expect(result.candidates.map(({ line, suggestion }) => [line, suggestion])).toEqual([
      [2, '  if (no) throw new Error("missing")'],
      [3, ''],
    ])
  })

  it('keeps a fix to itself that would reach outside the hunk', async () => {
    const head = ['throw `a', 'b`', 'done()'].join('\n')
    const file = aChangedFile([], { headText: head, hunks: [aHunk(['+b`', ' done()'], 2)] })
    const { candidates } = await reviewer.review(aReviewRequest([file]), aReviewerContext())
    expect(candidates.map(({ line, suggestion }) => [line, suggestion])).toEqual([[2, undefined]])
  })

  it('reads the hunk alone where the text of the file is unknown or another one', async () => {
    const hunk = aHunk(['     a = 1', '+    assert (a, "b")', '     c = 2'], 40)
    const file = { path: 'a.py', hunks: [hunk] }
    const unknown = aChangedFile([], file)
    const { headText: _headText, ...withoutText } = unknown
    for (const one of [withoutText, { ...unknown, headText: 'other = 1\n' }]) {
      const { candidates } = await reviewer.review(aReviewRequest([one]), aReviewerContext())
      expect(candidates.map(({ line, suggestion }) => [line, suggestion])).toEqual([[41, undefined]])
    }
  })

  it('does not judge a lone hunk by rules that need the code around it', async () => {
    const lines = ['+class A { public boolean equals(Object o) { return true; }']
    const { headText: _headText, ...file } = aChangedFile(lines, { path: 'A.java' })
    const { candidates } = await reviewer.review(aReviewRequest([file]), aReviewerContext())
    expect(candidates).toEqual([])
  })

  it('says nothing about code that it cannot parse', async () => {
    const result = await review(['+@@ eval(input) @@', '+if (x === NaN {'])
    expect(result).toMatchObject({ candidates: [], coverage: [] })
  })

  it('leaves out rules that the policy switches off', async () => {
    const file = aChangedFile(['+debugger', '+eval(text)'])
    const request = aReviewRequest([file], { disabledRules: ['js-eval'] })
    const { candidates } = await reviewer.review(request, aReviewerContext())
    expect(idsAt(candidates)).toEqual(['js-debugger@1'])
  })

  it('tells a file that is too large, and goes on with the next', async () => {
    const large = aChangedFile(['+debugger', `+// ${'x'.repeat(1_000_000)}`], { path: 'large.ts' })
    const request = aReviewRequest([large, aChangedFile(['+debugger'])])
    const result = await reviewer.review(request, aReviewerContext())
    expect(result.coverage).toEqual([{ path: 'large.ts', hunks: 1, reviewedHunks: 0, reason: 'too-large' }])
    expect(result.candidates.map(({ path }) => path)).toEqual(['src/app.ts'])
  })

  it('tells what it did not reach before the deadline, or before it was cancelled', async () => {
    const request = aReviewRequest([aChangedFile(['+debugger'])])
    const late = await reviewer.review(request, aReviewerContext({ deadline: Date.now() - 1 }))
    expect(late).toMatchObject({ candidates: [], coverage: [{ path: 'src/app.ts', reason: 'deadline' }] })
    const cancelled = await reviewer.review(request, aReviewerContext({ signal: AbortSignal.abort() }))
    expect(cancelled).toMatchObject({
      candidates: [],
      coverage: [{ path: 'src/app.ts', reason: 'cancelled' }],
    })
  })

  describe('with text that takes minutes', () => {
    const slowRule = {
      id: 'slow',
      language: 'TypeScript',
      message: 'Slow',
      rule: { kind: 'binary_expression', has: { kind: 'identifier', regex: '^z$', stopBy: 'end' } },
    }
    const { rules: slowRules } = parseRules(JSON.stringify(slowRule))
    // A minute for the slow rule, whose time grows with the square; a fifth of a second for the shipped ones.
    const deep = (path: string) =>
      aChangedFile([`+const x = ${Array(12_000).fill("'a'").join(' + ')}`, '+debugger'], { path })
    const own = [{ path: 'rules/slow.yml', text: JSON.stringify(slowRule) }]

    it('leaves out the rules of the repository that are too slow, and says so', async () => {
      const impatient = createPatternsReviewer({ stallMs: 1500 })
      const files = [deep('a.ts'), deep('b.ts'), deep('c.ts'), deep('d.ts'), aChangedFile(['+debugger'])]
      const result = await impatient.review(aReviewRequest(files, { rules: own }), aReviewerContext())
      expect(result.notices.map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'c.ts', 'c.ts'])
      expect(idsAt(result.candidates)).toEqual([...Array(4).fill('js-debugger@2'), 'js-debugger@1'])
      expect(result.coverage).toEqual([])
    })

    it('tells a text that even the shipped rules cannot get through, and stops after three', async () => {
      const impatient = createPatternsReviewer({ stallMs: 400, shipped: slowRules })
      await impatient.review(aReviewRequest([aChangedFile(['+ok()'])]), aReviewerContext())
      const files = [deep('a.ts'), deep('b.ts'), deep('c.ts'), aChangedFile(['+ok()'])]
      const result = await impatient.review(aReviewRequest(files), aReviewerContext())
      expect(result.coverage.map(({ path, reason }) => `${path} ${reason}`)).toEqual(
        ['a.ts', 'b.ts', 'c.ts', 'src/app.ts'].map((path) => `${path} too-large`),
      )
    }, 120_000)

    it('hands in what it has when it is cancelled in the middle of a scan', async () => {
      const patient = createPatternsReviewer({ shipped: [...slowRules, ...loadShippedRules()] })
      const stop = new AbortController()
      const files = [aChangedFile(['+debugger']), deep('a.ts'), deep('b.ts')]
      const context = aReviewerContext({
        signal: stop.signal,
        onProgress: (done) => {
          if (done === 1) setTimeout(() => stop.abort(), 100)
        },
      })
      const result = await patient.review(aReviewRequest(files), context)
      expect(idsAt(result.candidates)).toEqual(['js-debugger@1'])
      expect(result.coverage.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
        'a.ts cancelled',
        'b.ts cancelled',
      ])
    })
  })

  it('never flags a line that was not added', async () => {
    const pieces = [
      'debugger',
      'eval(a)',
      'try { a() } catch (e) {',
      '}',
      'x === NaN',
      '`',
      'if (a = b) {',
      '',
      '(',
    ]
    const line = fc
      .tuple(fc.constantFrom('+', '-', ' '), fc.constantFrom(...pieces))
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const file = aChangedFile(lines)
        const added = file.hunks[0]!.lines.flatMap((one) => (one.kind === 'added' ? [one.newLine] : []))
        const { candidates } = await reviewer.review(aReviewRequest([file]), aReviewerContext())
        for (const one of candidates) expect(added).toContain(one.startLine ?? one.line)
      }),
      { numRuns: 200 },
    )
  })
})
