import { expect, test } from 'vitest'
import { code, Life, type RunOptions } from '../../support/e2e/life.ts'
import { bug, file, leak, setStage } from '../../support/e2e/shop-life.ts'
import { type Fault, type Injection, secondaryLimit } from '../../support/github/faults.ts'

const stage = setStage()

type Place = Omit<Injection, 'fault'>

/** Every write of a run that says something and resolves something. */
const writes: Readonly<Record<string, Place>> = {
  'beginning the check': { method: 'POST', path: /\/check-runs$/ },
  'posting the review': { method: 'POST', path: /\/reviews$/ },
  'resolving a thread': { method: 'POST', path: /\/graphql$/, body: /resolveReviewThread/ },
  'completing the check': { method: 'PATCH', path: /\/check-runs\/\d+$/ },
}

const { 'completing the check': completing, ...mayFail } = writes

/** After each of these a run that tries again in time gets everything done. */
const passing: Readonly<Record<string, Fault>> = {
  'done, then 502': 'store-then-502',
  'done, then the connection drops': 'store-then-drop',
  'the connection drops': 'drop',
  500: { status: 500 },
  502: { status: 502 },
  503: { status: 503 },
  'the secondary limit as 403': secondaryLimit(1),
  'the secondary limit as 429': secondaryLimit(1, 429),
}

/** After these the write does not come about at all, however often it is tried. */
const lasting: Readonly<Record<string, Fault>> = {
  'a right is missing': { status: 403, body: { message: 'Resource not accessible by integration' } },
  'not found': { status: 404, body: { message: 'Not Found' } },
  'a limit of an hour': secondaryLimit(3600),
  'the limit of abuse': {
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource: 'Review', code: 'abuse', message: 'was submitted too quickly' }],
    },
  },
  'broken for long': { status: 502 },
}

interface Case {
  readonly write: string
  readonly how: string
  readonly place: Place
  readonly fault: Fault
}

function cases(
  places: Readonly<Record<string, Place>>,
  faults: Readonly<Record<string, Fault>>,
): readonly Case[] {
  return Object.entries(places).flatMap(([write, place]) =>
    Object.entries(faults).map(([how, fault]) => ({ write, how, place, fault })),
  )
}

/** Reviewed once, and then pushed to: one flaw fixed, one brought in. */
async function pushed(place: Place, fault: Fault, options: RunOptions = {}): Promise<Life> {
  const life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    files: { [file]: code({ 5: bug }) },
  })
  await life.open()
  life.github.inject({ ...place, fault })
  await life.push({ [file]: code({ 45: leak }) }, { inputs: { 'deadline-minutes': '1' }, ...options })
  expect(life.github.struck).toBeGreaterThan(0)
  return life
}

const settled = [`${file}:45 open: us`, `${file}:outdated resolved by us: us`]

test.concurrent.each(cases(writes, passing))('$write: $how: done exactly once', async ({ place, fault }) => {
  await using life = await pushed(place, fault)
  expect(await life.threads()).toEqual(settled)
  expect(life.reviews()).toBe(2)
  expect(life.check()).toMatchObject({ status: 'completed', conclusion: 'success' })
})

test.concurrent.each(cases(mayFail, lasting))(
  '$write: $how: nothing is said twice, and the next run does what is left',
  async ({ place, fault }) => {
    await using life = await pushed({ ...place, times: 20 }, fault, { isAmongOthers: true })
    life.github.calm()
    await life.push({ 'src/more.ts': 'export const more = 1\n' })
    expect(await life.threads()).toEqual(settled)
    expect(life.conclusion()).toBe('success')
  },
)

test.concurrent('the check can never be completed: what was found is said all the same, and the log tells', async () => {
  const fault = { status: 502 }
  await using life = await pushed({ ...completing, path: completing?.path ?? /^$/, times: 20 }, fault, {
    isAmongOthers: true,
  })
  expect(await life.threads()).toEqual(settled)
  expect(life.reviews()).toBe(2)
})

test.concurrent('a refused line: everything else is said, and that one stands in the summary', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    files: { [file]: code({ 5: bug, 45: leak }) },
  })
  const refusal = { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] }
  life.github.inject({ method: 'POST', path: /\/reviews$/, fault: { status: 422, body: refusal } })
  const run = await life.open()
  expect(life.reviews()).toBe(1)
  expect(run.summary).toContain(file)
  expect(life.check()).toMatchObject({ status: 'completed' })
})

test.concurrent('a review kept although it was refused: it is found, and not posted again', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    files: { [file]: code({ 5: bug, 45: leak }) },
  })
  life.github.inject({ method: 'POST', path: /\/reviews$/, fault: 'store-then-422' })
  await life.open()
  expect(await life.threads()).toEqual([`${file}:5 open: us`, `${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
})
