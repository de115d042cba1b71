import type { SamplesChunk } from '@ai-review/protocol/persona'
import { ProblemError } from '../problems.ts'
import type { PersonaKey } from './persona-key.ts'
import type { KeptPersonas, PersonaRecord } from './persona-store.ts'

/** Numbers that a caller without a body names. */
export interface AskedNumbers {
  readonly repositoryId?: number
  readonly personId?: number
}

const numbersDiffer = {
  hint: 'A persona of this name was made for another repository or account: forget it first, then agree again.',
  title: 'The persona of this name is of another repository or account',
} as const

/** What is known of a persona that a body speaks of. Throws `no-consent`, and `conflict` where its numbers are others. */
export async function ownRecord(
  store: KeptPersonas,
  key: PersonaKey,
  { repository, person }: Pick<SamplesChunk, 'repository' | 'person'>,
): Promise<PersonaRecord> {
  const { record } = await store.look(key)
  if (record === null) throw new ProblemError('no-consent')
  refuseOthers(record, { repositoryId: repository.id, personId: person.id })
  return record
}

export function isOthers(record: Required<AskedNumbers>, { repositoryId, personId }: AskedNumbers): boolean {
  return (
    (repositoryId !== undefined && repositoryId !== record.repositoryId) ||
    (personId !== undefined && personId !== record.personId)
  )
}

export function refuseOthers(record: PersonaRecord, asked: AskedNumbers): void {
  if (isOthers(record, asked)) throw new ProblemError('conflict', numbersDiffer)
}
