import { expect, it } from 'vitest'
import { startDeadline } from '../../../runner/model-server/src/review/deadline.ts'

it('has fired from the start when its caller has left', () => {
  using deadline = startDeadline(AbortSignal.abort(), Date.now() + 60_000, Date.now)
  expect(deadline.signal.aborted).toBe(true)
  expect(deadline.reason()).toBe('cancelled')
})

it('has fired from the start when its instant is past', () => {
  using deadline = startDeadline(new AbortController().signal, Date.now() - 1, Date.now)
  expect(deadline.signal.aborted).toBe(true)
  expect(deadline.reason()).toBe('deadline')
})

it('fires at its instant, and tells that it was the deadline', async () => {
  using deadline = startDeadline(new AbortController().signal, Date.now() + 20, Date.now)
  expect(deadline.signal.aborted).toBe(false)
  await expect.poll(() => deadline.signal.aborted).toBe(true)
  expect(deadline.reason()).toBe('deadline')
})
