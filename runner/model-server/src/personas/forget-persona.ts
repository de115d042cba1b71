import type { Forgotten } from '@ai-review/protocol/persona'
import { type AskedNumbers, refuseOthers } from './own-record.ts'
import { keyText, type PersonaKey, personaKeyOf } from './persona-key.ts'
import type { KeptPersonas, Withdrawal } from './persona-store.ts'

export interface AskedToForget extends AskedNumbers {
  /** When it was asked for (ISO 8601), where that is known. */
  readonly at?: string | undefined
  /** Names that the caller may ask for; absent: all. Then numbers that nothing kept bears out count for nothing. */
  readonly reaches?: ((key: PersonaKey) => boolean) | undefined
}

interface ForgettingParts {
  readonly store: KeptPersonas
  /** Ends a training of the persona, and waits until nothing of it is left; false where there was none. */
  readonly endTraining: (key: PersonaKey) => Promise<boolean>
  /** Whoever keeps something of it in memory drops it. */
  readonly onForgotten: (key: PersonaKey) => void
  /** Removes the files of adapters that nobody has any more. */
  readonly forgetFiles: (hashes: readonly string[]) => Promise<void>
}

/**
 * Forgets a person under every name that repository and person have had. Files go last: where they cannot be removed all
 * else is gone, and the next start of a server removes them.
 */
export async function forgetPersona(
  parts: ForgettingParts,
  key: PersonaKey,
  { reaches, ...asked }: AskedToForget,
): Promise<Forgotten> {
  const { store, forgetFiles } = parts
  const { record } = await store.look(key)
  if (record !== null) refuseOthers(record, asked)
  const { repositoryId, personId } =
    record ?? (reaches === undefined ? asked : { ...asked, repositoryId: undefined })
  const withdrawal = { repositoryId, personId, at: asked.at }
  const named = personaKeyOf(key)
  const others = (await store.namesOf(key.login, withdrawal)).filter(
    (name) => keyText(name) !== keyText(named) && (reaches?.(name) ?? true),
  )
  const all = []
  for (const name of [named, ...others]) all.push(await forgetName(parts, name, withdrawal))
  await forgetFiles(all.flatMap(({ hashes }) => hashes))
  return {
    comments: all.reduce((sum, { comments }) => sum + comments, 0),
    versions: all.reduce((sum, { versions }) => sum + versions, 0),
    cancelled: all.some(({ cancelled }) => cancelled),
  }
}

/** The training stops first, so that nothing is written any more where things are removed. */
async function forgetName(
  { store, endTraining, onForgotten }: ForgettingParts,
  key: PersonaKey,
  withdrawal: Withdrawal,
): Promise<Awaited<ReturnType<KeptPersonas['forget']>>> {
  const wasTraining = await endTraining(key)
  const forgotten = await store.forget(key, withdrawal)
  onForgotten(key)
  return { ...forgotten, cancelled: forgotten.cancelled || wasTraining }
}
