import type { ReviewResult } from '@ai-review/protocol/review'
import type { Mark } from '@ai-review/protocol/seal'
import { unreviewedFiles } from '../review/coverage.ts'
import type { EarlierRecord } from '../review/earlier-finding.ts'
import { reconcile, resolversInDoubt } from '../review/reconcile.ts'
import { isVoiceAlone } from '../review/render-voice.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import { skipReasons } from '../review/skip-reason.ts'
import type { Conversation, Earlier, Person } from '../roles.ts'
import { mayCommand } from './may-command.ts'

interface Reconciling {
  readonly summary: ReviewSummary
  readonly answer: ReviewResult
  readonly earlier: Earlier
}

/** Each is a request; the others count as people who may not decline, so that their findings stay open. */
const mostAsked = 10

/** How the findings of earlier runs stand now, with the people asked for who resolved threads by hand. */
export async function reconcileEarlier(
  { summary, answer, earlier }: Reconciling,
  { roleOf }: Pick<Conversation, 'roleOf'>,
): Promise<EarlierRecord[]> {
  const told = answer.accepted.earlier ?? []
  const resolvers = resolversInDoubt(told, earlier.threads).slice(0, mostAsked)
  const allowed = await Promise.all(resolvers.map((person) => mayDecline(person, { summary, roleOf })))
  const unread = new Set(unreviewedFiles(summary).map(({ path }) => path))
  // A voice alone does not look for what the reviewer found.
  const modelTookPart = answer.done.provenance.model !== null && !isVoiceAlone(summary)
  const { selected, skipped } = summary.selection
  const read = new Set(selected.map(({ path }) => path).filter((path) => !unread.has(path)))
  const unseen = skipped
    .filter(({ reason }) => reason !== 'no-content-change')
    .flatMap(({ path, previousPath }) => [path, previousPath])
  return reconcile({
    told,
    threads: earlier.threads,
    found: new Set(answer.findings.map(({ identity }) => identity)),
    // A thread keeps the path of its file though the file was renamed, so one of another path may be about any file.
    wasReadWhole: (path) => modelTookPart && (unread.size === 0 || (path !== null && read.has(path))),
    unseen: new Set(unseen.filter((path) => path != null)),
    isCut: skipped.some(({ reason }) => !skipReasons[reason].complete),
    voiced: voicedIn(earlier.marks),
    ledgerHead: earlier.ledgers.at(-1)?.head ?? null,
    mayDecline: new Set(allowed.filter((id) => id !== null)),
  })
}

/** Identities whose every mark of a finding is of a voice. */
function voicedIn(marks: readonly Mark[]): ReadonlySet<string> {
  const findings = marks.filter(({ kind }) => kind === 'finding')
  const plain = new Set(findings.filter(({ voice }) => voice === undefined).map(({ identity }) => identity))
  return new Set(findings.map(({ identity }) => identity).filter((identity) => !plain.has(identity)))
}

/** The number of the account where it may, else null; one that cannot be asked for may not. */
async function mayDecline(
  person: Person,
  { summary, roleOf }: Pick<Conversation, 'roleOf'> & { readonly summary: ReviewSummary },
): Promise<number | null> {
  try {
    const { allow } = summary.policy.policy.commands
    return (await mayCommand({ roleOf }, person, allow)) ? person.id : null
  } catch {
    return null
  }
}
