import { describe, expect, it } from 'vitest'
import { createPatternsReviewer } from '../../../../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { aChangedFile, aReviewRequest } from '../../../support/review-request.ts'
import { aReviewerContext } from '../../../support/reviewer-context.ts'

const reviewer = createPatternsReviewer()
const rulePath = '.github/ai-review/rules/house.yml'

const reviewWith = (text: string, lines: readonly string[] = ['+moment(now)', '+debugger']) =>
  reviewer.review(
    aReviewRequest([aChangedFile(lines)], { rules: [{ path: rulePath, text }] }),
    aReviewerContext(),
  )

const noMoment = `
id: no-moment
language: TypeScript
severity: warning
message: Use the calendar module instead of $CALL
note: Moment is no longer maintained.
metadata: { category: api-design, confidence: 0.9 }
rule: { kind: call_expression, has: { field: function, pattern: $CALL, regex: ^moment$ } }
`

describe("the repository's own rules", () => {
  it('are applied beside the shipped ones', async () => {
    const { candidates, notices } = await reviewWith(noMoment)
    expect(notices).toEqual([])
    expect(candidates).toMatchObject([
      {
        line: 1,
        severity: 'medium',
        category: 'api-design',
        confidence: 0.9,
        title: 'Use the calendar module instead of moment',
        body: 'Moment is no longer maintained.',
        evidence: [{ kind: 'rule', reference: 'no-moment' }],
      },
      { line: 2, evidence: [{ reference: 'js-debugger' }] },
    ])
  })

  it('show only names of matched code, whatever the message asks for', async () => {
    const rule = noMoment.replace('$CALL, regex: ^moment$', '$CALL')
    const { candidates } = await reviewWith(rule, ["+(a['<img src=x>'])(now)"])
    expect(candidates[0]?.title).toBe('Use the calendar module instead of …')
  })

  it('look only at the files they name', async () => {
    const outside = await reviewWith(`${noMoment}files: ['lib/**']\n`)
    const ignored = await reviewWith(`${noMoment}ignores: ['src/**']\n`)
    const inside = await reviewWith(`${noMoment}files: ['{src,lib}/**']\n`)
    const byName = await reviewWith(`${noMoment}files: ['app.*']\n`)
    const counts = [outside, ignored, inside, byName].map(({ candidates }) => candidates.length)
    expect(counts).toEqual([1, 1, 2, 2])
  })

  it('take the place of a shipped rule with the same id, or switch it off', async () => {
    const replaced = await reviewWith(noMoment.replace('no-moment', 'js-debugger'))
    expect(replaced.candidates.map(({ line }) => line)).toEqual([1])
    const off = await reviewWith(noMoment.replace('no-moment', 'js-debugger').replace('warning', 'off'))
    expect(off.candidates).toEqual([])
  })

  it('bring a fix that becomes a suggestion', async () => {
    const { candidates } = await reviewWith(
      'id: a\nlanguage: ts\nmessage: Renamed\nrule: { pattern: "moment($$$ARGS)" }\nfix: calendar($$$ARGS)',
      ['+  const a = moment(now, "x")'],
    )
    expect(candidates[0]?.suggestion).toBe('  const a = calendar(now, "x")')
  })

  it('bring no suggestion where the matched code stands twice on its lines', async () => {
    const { candidates } = await reviewWith(
      'id: a\nlanguage: ts\nmessage: Renamed\nrule: { pattern: "moment($$$ARGS)" }\nfix: calendar($$$ARGS)',
      ['+const a = [moment(now), moment(now)]'],
    )
    expect(candidates).toHaveLength(1)
    expect(candidates[0]).not.toHaveProperty('suggestion')
  })

  it.each([
    ['no YAML', 'id: [', /not plain YAML/],
    ['an alias', 'id: &a x\nlanguage: *a', /not plain YAML/],
    ['deep nesting', '['.repeat(60_000), /not plain YAML|nested too deep/],
    ['a missing message', noMoment.replace(/message.*\n/, ''), /`message`/],
    ['an unknown language', noMoment.replace('TypeScript', 'Cobol'), /`language`: must be one of/],
    ['a glob with thousands of alternatives', `${noMoment}files: ['${'{a,b}'.repeat(40)}']`, /`files\.0`/],
    [
      'a kind that the language does not have',
      noMoment.replace('call_expression', 'no_such_kind'),
      /ast-grep refuses/,
    ],
    ['a regular expression that is none', noMoment.replace('^moment$', '"("'), /ast-grep refuses/],
    ['rewriters', `${noMoment}rewriters: []`, /not supported/],
    ['3,001 lines', `${noMoment}${'#\n'.repeat(3000)}`, /longer than/],
  ])('with %s are told, and cost no other rule', async (_name, text, reason) => {
    const { candidates, notices } = await reviewWith(text)
    expect(notices).toMatchObject([{ code: 'rule-unusable', path: rulePath }])
    expect(notices[0]?.message).toMatch(reason)
    expect(candidates).toMatchObject([{ line: 2 }])
  })

  it('lose one broken document of a file, not the others', async () => {
    const { candidates, notices } = await reviewWith(`id: 7\n---${noMoment}`)
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('Rule 1 of the file: `id`'),
    ])
    expect(candidates).toHaveLength(2)
  })

  it('cannot pollute objects', async () => {
    await reviewWith(
      `${noMoment}__proto__: { polluted: true }\nconstraints: { __proto__: { polluted: true } }`,
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('never have their text repeated in a notice', async () => {
    const { notices } = await reviewWith(noMoment.replace('TypeScript', 'canary-7f3a'))
    expect(JSON.stringify(notices)).not.toContain('canary-7f3a')
  })
})
