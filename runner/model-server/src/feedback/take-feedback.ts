import type { FeedbackRequest, FeedbackResult } from '@ai-review/protocol/feedback'
import { decideCanary } from '../personas/adapter-choice.ts'
import type { PersonaKey } from '../personas/persona-key.ts'
import type { KeptPersonas, StoredVersion } from '../personas/persona-store.ts'

type Store = Pick<KeptPersonas, 'recordFeedback' | 'voicesOn' | 'versions' | 'setVersionState'>

/**
 * Records what became of findings, and settles the canaries that it speaks about. Where a persona that spoke on the pull
 * request is out of the caller's reach, the number of the repository is not theirs, and nothing is recorded.
 */
export async function takeFeedback(
  store: Store,
  request: FeedbackRequest,
  reaches: (key: PersonaKey) => boolean = () => true,
): Promise<FeedbackResult> {
  const { repository, pullRequest, outcomes } = request
  const voices = await store.voicesOn(repository.id, pullRequest)
  if (!voices.every(reaches)) return { recorded: 0 }
  const recorded = await store.recordFeedback(repository.id, pullRequest, outcomes)
  // Also where all was known: what recorded it may have ended before it settled anything.
  for (const key of voices) await settleCanaries(store, key)
  return { recorded }
}

/** A canary that people like takes over; one that they dislike is refused, so that nothing brings it back by itself. */
async function settleCanaries(store: Store, key: PersonaKey): Promise<void> {
  const versions = await store.versions(key)
  for (const canary of versions.filter(({ state }) => state === 'canary')) {
    const decision = decideCanary(canary.feedback, liveBeside(canary, versions)?.feedback ?? null)
    if (decision === 'promote') await store.setVersionState(key, canary.name, 'live')
    if (decision === 'return') await store.setVersionState(key, canary.name, 'refused')
  }
}

function liveBeside(
  { baseModel }: StoredVersion,
  versions: readonly StoredVersion[],
): StoredVersion | undefined {
  return versions.find((version) => version.state === 'live' && version.baseModel === baseModel)
}
