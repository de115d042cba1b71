import type { PromotionRequest } from '@ai-review/protocol/persona'
import { ProblemError } from '../problems.ts'
import type { PersonaKey } from './persona-key.ts'
import type { PersonaStore, StoredVersion } from './persona-store.ts'

interface Promotion {
  readonly key: PersonaKey
  /** Hash of the model that is served. */
  readonly model: string
  readonly to: PromotionRequest['to']
}

/** Makes one version live, brings the one before back, or takes all out. Refusals are ProblemErrors. */
export async function promoteVersion(
  store: Pick<PersonaStore, 'versions' | 'setVersionState'>,
  { key, model, to }: Promotion,
): Promise<void> {
  const versions = await store.versions(key, model)
  if (to === 'none') {
    for (const { name, state } of versions) {
      if (state === 'live' || state === 'canary') await store.setVersionState(key, name, 'retired')
    }
    return
  }
  const chosen = to === 'previous' ? versionBefore(versions) : versions.find(({ name }) => name === to)
  if (chosen === undefined) {
    throw new ProblemError('not-found', {
      hint: 'The card lists the versions of the model that is served; this one, or one before, is not among them.',
    })
  }
  if (!canServe(chosen)) {
    throw new ProblemError('conflict', {
      title: 'The version cannot serve',
      hint: 'It has not passed its probe and its gate: the card says why. Choose another one, or train again.',
    })
  }
  await store.setVersionState(key, chosen.name, 'live')
}

/** The last one that was live before the one that is; versions come newest first. */
function versionBefore(versions: readonly StoredVersion[]): StoredVersion | undefined {
  const live = versions.findIndex(({ state }) => state === 'live')
  return versions.slice(live + 1).find(({ state }) => state === 'retired')
}

/** What people have refused may be brought back by a person; what has not passed may not. */
function canServe({ state, gate }: StoredVersion): boolean {
  if (state === 'live' || state === 'canary' || state === 'retired') return true
  return (state === 'candidate' || state === 'refused') && gate?.isPassed === true
}
