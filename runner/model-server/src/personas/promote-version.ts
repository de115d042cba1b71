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

const withoutFiles = {
  title: 'The version cannot serve',
  hint: 'Its files were removed, as only those of the newest retired versions are kept: choose another one, or train on newer comments.',
} as const

/**
 * Gives all pull requests to one version, brings back what was there before the newest, or takes all out. Beside a canary
 * that is the live one: its trial ends. Refusals are ProblemErrors.
 */
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
  const canary = versions.find(({ state }) => state === 'canary')
  if (to === 'previous' && canary !== undefined) {
    await store.setVersionState(key, canary.name, 'retired')
    return
  }
  const chosen = to === 'previous' ? versionBefore(versions) : versions.find(({ name }) => name === to)
  if (chosen === undefined) {
    throw new ProblemError('not-found', {
      hint: 'The card lists the versions of the model that is served; this one, or one before, is not among them.',
    })
  }
  expectToServe(chosen)
  if (canary !== undefined && canary !== chosen) await store.setVersionState(key, canary.name, 'retired')
  if (!(await store.setVersionState(key, chosen.name, 'live')))
    throw new ProblemError('conflict', withoutFiles)
}

/** The last one that was live before the one that is; versions come newest first. */
function versionBefore(versions: readonly StoredVersion[]): StoredVersion | undefined {
  const live = versions.findIndex(({ state }) => state === 'live')
  return versions.slice(live + 1).find(({ state, wasLive }) => state === 'retired' && wasLive === true)
}

/** What people have refused, or an engine has not applied rightly, may be brought back by a person while its files are there; what has not passed may not. */
function expectToServe({ gate, hasFiles }: StoredVersion): void {
  if (gate?.isPassed !== true) {
    throw new ProblemError('conflict', {
      title: 'The version cannot serve',
      hint: 'It has not passed its probe and its gate: the card says why. Choose another one, or train again.',
    })
  }
  if (hasFiles === false) throw new ProblemError('conflict', withoutFiles)
}
