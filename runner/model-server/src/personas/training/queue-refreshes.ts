import { fewestForTraining } from '@ai-review/protocol/persona'
import type { PersonaStore } from '../persona-store.ts'
import type { Trainings } from '../personas.ts'

/** A persona whose policy says `weekly` is trained again after so long, if it has been collected anew since. */
const weekMs = 7 * 24 * 3_600_000

/** Queues a training for every persona that is due. */
export async function queueRefreshes(
  store: Pick<PersonaStore, 'dueForRefresh'>,
  trainings: Pick<Trainings, 'enqueue'>,
): Promise<void> {
  const due = await store.dueForRefresh(new Date(Date.now() - weekMs))
  for (const { key, repositoryId, personId, comments } of due) {
    if (comments >= fewestForTraining) await trainings.enqueue({ key, repositoryId, personId, force: false })
  }
}
