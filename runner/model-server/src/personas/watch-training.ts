import type { TrainingStatus } from '@ai-review/protocol/persona'
import type { PersonaKey } from './persona-key.ts'
import type { KeptPersonas } from './persona-store.ts'
import type { Trainings } from './personas.ts'

/** A training on another server tells nobody here: the database is asked this often. */
const lookEveryMs = 2000

const ends: ReadonlySet<TrainingStatus['state']> = new Set(['done', 'failed', 'cancelled'])

interface Watched {
  readonly store: Pick<KeptPersonas, 'lastTraining'>
  readonly trainings: Pick<Trainings, 'onChange' | 'baseModel'> | null
}

/** How the newest training of a persona stands, after each change, until it has ended, is gone, or `signal` fires. */
export async function* watchTraining(
  { store, trainings }: Watched,
  key: PersonaKey,
  signal: AbortSignal,
): AsyncGenerator<TrainingStatus, void, undefined> {
  const left = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => left.resolve(), { once: true })
  let told = ''
  while (!signal.aborted) {
    const wake = Promise.withResolvers<void>()
    const timer = setTimeout(wake.resolve, lookEveryMs)
    const end = trainings?.onChange(key, wake.resolve)
    try {
      const status = (await store.lastTraining(key, trainings?.baseModel() ?? undefined))?.job.status
      if (status === undefined) return
      const text = JSON.stringify(status)
      if (text !== told) yield status
      told = text
      if (ends.has(status.state)) return
      await Promise.race([wake.promise, left.promise])
    } finally {
      clearTimeout(timer)
      end?.()
    }
  }
}
