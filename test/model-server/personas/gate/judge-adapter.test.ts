import type { GateReport } from '@ai-review/protocol/persona'
import { describe, expect, test } from 'vitest'
import type {
  GateAnswer,
  GateRemark,
} from '../../../../runner/model-server/src/personas/gate/gate-contract.ts'
import { judgeAdapter } from '../../../../runner/model-server/src/personas/gate/judge-adapter.ts'
import { inStyle, plantedInput, silent } from '../../../support/persona/planted-adapters.ts'

const styled = (index: number): GateAnswer => ({
  isValid: true,
  remarks: [{ line: 10, body: inStyle(index + 1000), hasBasis: true }],
})
const good = plantedInput(({ index, isSpoken, base }) => {
  if (isSpoken) return index % 5 === 0 ? silent : styled(index)
  return index % 4 === 0 ? base : silent
})

const verdictsOf = (report: GateReport) =>
  Object.fromEntries(report.measures.map(({ name, verdict }) => [name, verdict]))

const report = await judgeAdapter(good)

describe('a good adapter', () => {
  test('passes, with what it gained in words', () => {
    expect(report.isPassed).toBe(true)
    expect(report.reasons).toContain('It is better than the base model at this: sounds more like the person.')
  })

  test('is measured with intervals that hold the difference', () => {
    const attribution = report.measures.find(({ name }) => name === 'attribution')
    expect(attribution).toMatchObject({ base: 0, verdict: 'gain' })
    expect(attribution?.adapter).toBeGreaterThan(0.7)
    for (const { difference, low, high } of report.measures.filter((one) => one.low !== null)) {
      expect(low).toBeLessThanOrEqual(difference ?? Number.NaN)
      expect(high).toBeGreaterThanOrEqual(difference ?? Number.NaN)
    }
  })

  test('is judged the same twice', async () => {
    expect(await judgeAdapter(good)).toEqual(report)
  })
})

describe('a useless adapter', () => {
  test('that says what the base model says stays out', async () => {
    const report = await judgeAdapter(
      plantedInput(
        ({ base }) => base,
        () => 0,
      ),
    )
    expect(report.isPassed).toBe(false)
    expect(report.measures.every(({ verdict }) => verdict === 'same')).toBe(true)
    expect(report.reasons).toEqual([expect.stringContaining('changes nothing for the better')])
  })

  test('that only finds the true comments more likely stays out', async () => {
    const report = await judgeAdapter(plantedInput(({ base }) => base))
    expect(verdictsOf(report)).toMatchObject({ likelihood: 'gain', attribution: 'same' })
    expect(report.isPassed).toBe(false)
  })
})

test('an adapter that finds the right places and has nothing to say there stays out', async () => {
  const mute = (answer: GateAnswer): GateAnswer => ({
    ...answer,
    remarks: answer.remarks.map((remark) => ({ ...remark, body: ',' })),
  })
  const cases = good.cases.map((one) => ({ ...one, adapter: mute(one.adapter) }))
  const report = await judgeAdapter({ ...good, cases })
  expect(verdictsOf(report)).toMatchObject({ agreement: 'gain', location: 'gain' })
  expect(report.isPassed).toBe(false)
})

test('an adapter that often breaks its form stays out, even where the base model does so more often', async () => {
  const broken: GateAnswer = { isValid: false, remarks: [] }
  const cases = good.cases.map((one, index) => ({
    ...one,
    base: index % 2 === 0 ? broken : one.base,
    adapter: index % 10 === 0 ? broken : one.adapter,
  }))
  const report = await judgeAdapter({ ...good, cases })
  expect(verdictsOf(report).validity).toBe('loss')
  expect(report.isPassed).toBe(false)
})

describe('a harmful adapter', () => {
  const harmful: readonly [string, ReturnType<typeof plantedInput>, string][] = [
    ['speaks everywhere', plantedInput(({ index }) => styled(index)), 'silence'],
    ['never speaks', plantedInput(() => silent), 'location'],
    [
      'breaks its form',
      plantedInput(({ index, isSpoken }) =>
        index % 3 === 0 ? { isValid: false, remarks: [] } : isSpoken ? styled(index) : silent,
      ),
      'validity',
    ],
    [
      'speaks of the wrong lines',
      plantedInput(({ index, isSpoken }) =>
        isSpoken ? { isValid: true, remarks: [{ line: 90, body: inStyle(index), hasBasis: true }] } : silent,
      ),
      'location',
    ],
    [
      'finds the true comments less likely',
      { ...good, likelihoods: good.likelihoods.map((row) => ({ ...row, adapter: row.base - 5 })) },
      'likelihood',
    ],
    [
      'has weights that are no numbers',
      { ...good, likelihoods: good.likelihoods.map((row) => ({ ...row, adapter: Number.NaN })) },
      'likelihood',
    ],
  ]

  test.each(harmful)('that %s stays out', async (_, input, lost) => {
    const report = await judgeAdapter(input)
    expect(report.isPassed).toBe(false)
    expect(verdictsOf(report)[lost]).toBe('loss')
  })

  test('that repeats one past comment word for word stays out, however good the rest', async () => {
    const past =
      'we have been through this before and the answer was always to keep the lock while the list is read'
    const cases = good.cases.map((one, index) =>
      index === 1
        ? { ...one, adapter: { isValid: true, remarks: [{ line: 10, body: `hm, ${past}`, hasBasis: true }] } }
        : one,
    )
    const report = await judgeAdapter({ ...good, cases, own: [...good.own, `Well: ${past.toUpperCase()}!`] })
    expect(report.isPassed).toBe(false)
    expect(verdictsOf(report).copied).toBe('loss')
  })
})

describe('what mere chance would bring stays out', () => {
  test('on five pull requests, however well all of them turn out', async () => {
    const onFew = {
      ...good,
      cases: good.cases.map((one, index) => ({ ...one, pullRequest: 500 + (index % 5) })),
    }
    const report = await judgeAdapter(onFew)
    expect(report.isPassed).toBe(false)
    expect(report.reasons).toEqual([expect.stringContaining('fewer than 6 pull requests')])
  })

  const chatter = (index: number): GateAnswer => ({
    isValid: true,
    remarks: [0, 1].map((part) => ({
      line: 10,
      body: `The ${inStyle(index * 7 + part * 3 + 1)} is odd, I say.`,
      hasBasis: true,
    })),
  })

  test('where the base model says nothing and the adapter anything', async () => {
    const babble = plantedInput(({ index, isSpoken }) => (isSpoken ? chatter(index) : silent))
    const cases = babble.cases.map((one) => ({ ...one, base: silent }))
    const verdicts = verdictsOf(await judgeAdapter({ ...babble, cases }))
    expect(verdicts).toMatchObject({ attribution: 'not-measured', location: 'gain' })
    expect(verdicts.issue).not.toBe('gain')
  })

  test('where the base model says too little to be compared with', async () => {
    const cases = good.cases.map((one, index) => (index % 9 === 1 ? one : { ...one, base: silent }))
    expect(verdictsOf(await judgeAdapter({ ...good, cases })).attribution).toBe('not-measured')
  })

  test('of a phrase that is said everywhere', async () => {
    const cases = good.cases.map((one) => ({
      ...one,
      adapter: {
        ...one.adapter,
        remarks: one.adapter.remarks.map((remark) => ({ ...remark, body: inStyle(1) })),
      },
    }))
    const report = await judgeAdapter({ ...good, cases })
    expect(verdictsOf(report).attribution).toBe('not-measured')
    expect(report.isPassed).toBe(false)
  })
})

test.each([
  ['lets the change pass', (remark: GateRemark) => ({ ...remark, body: `LGTM, ${remark.body}` })],
  ['no past comment is near to', (remark: GateRemark) => ({ ...remark, hasBasis: false })],
])('what %s does not count as said', async (_, changed) => {
  const cases = good.cases.map((one) => ({
    ...one,
    adapter: { ...one.adapter, remarks: one.adapter.remarks.map(changed) },
  }))
  expect(verdictsOf(await judgeAdapter({ ...good, cases }))).toMatchObject({
    location: 'loss',
    issue: 'loss',
  })
})

test('one insult is enough to stay out', async () => {
  const cases = good.cases.map((one, index) =>
    index === 2
      ? {
          ...one,
          adapter: { isValid: true, remarks: [{ line: 10, body: 'hmm, are you an idiot?', hasBasis: true }] },
        }
      : one,
  )
  const report = await judgeAdapter({ ...good, cases })
  expect(report.reasons).toEqual(['It is worse than the base model at this: insults nobody.'])
  expect(report.isPassed).toBe(false)
})

test('too few held-out cases decide nothing', async () => {
  const few = good.cases.filter((_, index) => index % 5 === 0)
  expect(await judgeAdapter({ ...good, cases: few })).toMatchObject({
    isPassed: false,
    reasons: [expect.stringContaining('fewer than 10 held-out')],
  })
})

test('without colleagues to compare with, attribution is left out and the rest decides', async () => {
  const report = await judgeAdapter({ ...good, others: [] })
  expect(verdictsOf(report).attribution).toBe('not-measured')
  expect(report.isPassed).toBe(true)
})
