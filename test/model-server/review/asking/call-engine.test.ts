import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../../runner/model-server/src/engine/engine.ts'
import { createCallEngine } from '../../../../runner/model-server/src/review/asking/call-engine.ts'
import { startDeadline } from '../../../../runner/model-server/src/review/deadline.ts'

/** Calls an engine that fails with these errors in turn and then answers; `times` tells when it was asked. */
async function callWith(errors: readonly EngineError[], leftMs: number) {
  using deadline = startDeadline(new AbortController().signal, Date.now() + leftMs, Date.now)
  const times: number[] = []
  const outcome = await createCallEngine(
    deadline,
    Date.now,
  )(async () => {
    times.push(Date.now())
    const error = errors[times.length - 1]
    if (error !== undefined) throw error
    return 'answer'
  })
  return { outcome, times }
}

const busy = (retryAfterMs?: number) => new EngineError('unavailable', 'busy', { retryAfterMs })
const crash = new EngineError('crashed', 'gone')

describe('an engine that says when to come back', () => {
  it('is asked again then, not earlier', async () => {
    const { outcome, times } = await callWith([busy(300)], 60_000)
    expect(outcome).toEqual({ kind: 'done', value: 'answer' })
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(295)
  })

  it('is asked as often as five times more', async () => {
    const patient = await callWith(
      Array.from({ length: 5 }, () => busy(5)),
      60_000,
    )
    expect(patient.outcome).toEqual({ kind: 'done', value: 'answer' })
    const endless = await callWith(
      Array.from({ length: 9 }, () => busy(5)),
      60_000,
    )
    expect(endless.outcome).toEqual({ kind: 'failed', reason: 'engine-failed' })
    expect(endless.times).toHaveLength(6)
  })

  it('is not waited for when that is past the deadline', async () => {
    const started = Date.now()
    const { outcome, times } = await callWith([busy(40_000)], 30_000)
    expect(outcome).toEqual({ kind: 'failed', reason: 'engine-failed' })
    expect(times).toHaveLength(1)
    expect(Date.now() - started).toBeLessThan(20_000)
  })
})

describe('an engine that does not say', () => {
  it.each([
    ['was unavailable', busy()],
    ['crashed', crash],
  ])('is asked once more when it %s', async (_, error) => {
    expect((await callWith([error], 60_000)).outcome).toEqual({ kind: 'done', value: 'answer' })
    const { outcome, times } = await callWith([error, error], 60_000)
    expect(outcome).toEqual({ kind: 'failed', reason: 'engine-failed' })
    expect(times).toHaveLength(2)
  })

  it('is not asked again when it refused', async () => {
    const { outcome, times } = await callWith([new EngineError('rejected', 'no')], 60_000)
    expect(outcome).toEqual({ kind: 'failed', reason: 'engine-failed' })
    expect(times).toHaveLength(1)
  })
})
