import type { AdapterVersion, PersonaStatus, StyleProfile, TrainingStatus } from '@ai-review/protocol/persona'
import { fewestComments } from '@ai-review/protocol/persona'
import type { PersonaKey } from './persona-key.ts'
import type { PersonaRecord, StoredVersion } from './persona-store.ts'

/** What was found of a persona. */
export interface Described {
  readonly record: PersonaRecord | null
  readonly isWithdrawn: boolean
  readonly style: StyleProfile | null
}

interface Served {
  readonly versions: readonly StoredVersion[]
  readonly training: TrainingStatus | null
  readonly trains: boolean
  readonly hasModel: boolean | undefined
  readonly publicUrl: string
}

/** A persona as the wire tells it. */
export function describePersona(
  key: PersonaKey,
  { record, isWithdrawn, style, versions, training, publicUrl, trains, hasModel }: Described & Served,
): PersonaStatus {
  const server = { trains, ...(hasModel === undefined ? {} : { hasModel }) }
  if (record === null) {
    return {
      ...key,
      state: isWithdrawn ? 'withdrawn' : 'none',
      consent: null,
      comments: 0,
      silences: 0,
      window: null,
      readAt: null,
      collection: null,
      style: null,
      training: null,
      versions: [],
      ...server,
      card: null,
    }
  }
  const { consent, comments, silences, window, readAt, collection } = record
  return {
    ...record.key,
    state: comments >= fewestComments ? 'ready' : 'collecting',
    consent,
    comments,
    silences,
    window,
    readAt,
    collection,
    style,
    training,
    versions: versions.map(toldOf),
    ...server,
    card: `${publicUrl}${record.card}`,
  }
}

function toldOf({
  key: _key,
  wasLive: _wasLive,
  hasFiles: _hasFiles,
  ...version
}: StoredVersion): AdapterVersion {
  return version
}
