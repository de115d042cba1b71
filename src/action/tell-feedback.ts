import type { FeedbackKind, FeedbackRequest } from '@ai-review/protocol/feedback'
import type { EarlierRecord } from '../review/earlier-finding.ts'
import type { EarlierThread, Log, PullRequest } from '../roles.ts'
import { goodToHave } from './good-to-have.ts'
import type { PersonaRoles } from './persona/persona-roles.ts'

interface Told {
  readonly pullRequest: Pick<PullRequest, 'repository' | 'number'>
  /** How the findings of earlier runs stand after this one. */
  readonly records: readonly EarlierRecord[]
  readonly threads: readonly EarlierThread[]
}

type Outcome = FeedbackRequest['outcomes'][number]

/**
 * On a public repository anybody on the host can put a thumb to a comment, and with it a version out of use: there, only
 * what those do counts who may change or decline something.
 */
function countsThumbs({ repository }: Told['pullRequest']): boolean {
  return !repository.isPublic
}

/** The wire takes 2,000; the newest findings come last, and older ones were told by earlier runs. */
const mostOutcomes = 2000

/** Tells the server what people made of its findings. Said again it counts once; that it cannot be told loses nothing else. */
export async function tellFeedback(
  { pullRequest, records, threads }: Told,
  { persona, log }: { readonly persona?: () => Promise<PersonaRoles>; readonly log: Log },
): Promise<void> {
  const outcomes = outcomesOf(records, countsThumbs(pullRequest) ? threads : []).slice(-mostOutcomes)
  if (persona === undefined || outcomes.length === 0) return
  const { id, owner, name } = pullRequest.repository
  const request = { repository: { id, owner, name }, pullRequest: pullRequest.number, outcomes }
  await goodToHave(async () => (await persona()).personas.feedback(request), log)
}

/** What became of each finding, and the thumbs on the comment that raised it. */
function outcomesOf(records: readonly EarlierRecord[], threads: readonly EarlierThread[]): Outcome[] {
  const thumbs = new Map(threads.map(({ commentId, thumbs: given }) => [commentId, given]))
  return records.flatMap(({ identity, standing, thread }) => {
    const { up = 0, down = 0 } = (thread && thumbs.get(thread.commentId)) ?? {}
    const kinds: FeedbackKind[] = [
      ...(standing === 'open' ? [] : [standing]),
      ...(up > 0 ? (['up'] as const) : []),
      ...(down > 0 ? (['down'] as const) : []),
    ]
    return kinds.map((kind) => ({ identity, kind }))
  })
}
