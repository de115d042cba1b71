import { expect, test } from 'vitest'
import { describeSteps, settleThreads } from '../../../src/action/settle-threads.ts'
import { silentPublisher } from '../../../src/cli/silent-publisher.ts'
import { type ErrorCode, ReviewError } from '../../../src/errors.ts'
import type { EarlierRecord } from '../../../src/review/earlier-finding.ts'

const record = (id: number, step: EarlierRecord['step'] = 'resolve'): EarlierRecord => ({
  identity: String(id),
  state: 'gone',
  standing: step === 'reopen' ? 'open' : 'fixed',
  step,
  thread: { id: `PRRT_${id}`, commentId: id, path: 'a.ts', line: null, isResolved: step === 'reopen' },
})

/** Settles over a host that answers as `answer` says, and keeps what it was asked for. */
async function settled(
  records: readonly EarlierRecord[],
  answer: (id: string) => ErrorCode | null = () => null,
) {
  const asked: string[] = []
  const log: string[] = []
  const say = (line: string) => log.push(line)
  const result = await settleThreads(records, {
    publisher: {
      ...silentPublisher,
      settleThread: async (id, to) => {
        asked.push(`${id} ${to}`)
        const code = answer(id)
        if (code !== null) throw new ReviewError(code, 'It did not work.', { hint: 'Look.' })
      },
    },
    log: { info: say, warning: say },
  })
  return { asked, log, steps: result.map(({ step }) => step), result }
}

test('resolves what is fixed, reopens what came back, and leaves the rest', async () => {
  const { asked, result } = await settled([
    record(1),
    record(2, 'reopen'),
    record(3, 'none'),
    record(4, 'leave-replied'),
  ])
  expect(asked).toEqual(['PRRT_1 resolved', 'PRRT_2 open'])
  expect(describeSteps(result)).toBe('1 thread resolved, 1 reopened.')
})

test('a token that may not is asked for once, and every thread says so', async () => {
  const { asked, steps } = await settled(
    [record(1), record(2), record(3, 'none')],
    () => 'missing-permission',
  )
  expect(asked).toHaveLength(1)
  expect(steps).toEqual(['leave-not-permitted', 'leave-not-permitted', 'none'])
})

test('a thread that is gone stops nothing; a limit stops the rest', async () => {
  const gone = await settled([record(1), record(2)], (id) => (id === 'PRRT_1' ? 'github-not-found' : null))
  expect(gone.steps).toEqual(['none', 'resolve'])
  expect(gone.log).toEqual(['A thread is left as it is: It did not work. Look.'])
  const limited = await settled([record(1), record(2)], () => 'github-rate-limited')
  expect([limited.asked.length, ...limited.steps]).toEqual([1, 'none', 'none'])
})

test('at most fifty in one run', async () => {
  const { asked, steps } = await settled(Array.from({ length: 60 }, (_, id) => record(id)))
  expect(asked).toHaveLength(50)
  expect(steps.filter((step) => step === 'none')).toHaveLength(10)
})
