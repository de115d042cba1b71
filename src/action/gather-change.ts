import type { Notice, RepositoryRule } from '@ai-review/protocol/review'
import { chooseGuidelines, guidelineLimits, type SkippedGuideline } from '../review/choose-guidelines.ts'
import { gitAttributes } from '../review/git-attributes.ts'
import type { Policy } from '../review/policy.ts'
import { type Selection, selectFiles } from '../review/select-files.ts'
import type { ChangeSource, Earlier, LoadedDiff, Publisher, PullRequest } from '../roles.ts'
import { readAttributes, readRules, readTexts } from './read-base-files.ts'
import { readHeadTexts } from './read-head-texts.ts'

/** What is known of a change before anybody judges it. */
interface GatheredChange {
  readonly diff: LoadedDiff
  readonly selection: Selection
  readonly headTexts: ReadonlyMap<string, string>
  readonly guidelines: readonly { readonly path: string; readonly text: string }[]
  readonly skippedGuidelines: readonly SkippedGuideline[]
  readonly rules: readonly RepositoryRule[]
  readonly earlier: Earlier
  readonly notices: readonly Notice[]
}

interface Gathering {
  readonly pullRequest: PullRequest
  readonly policy: Policy
  readonly policyPath: string
  readonly previousHead?: string
  /** Everything is read again, what ledgers name as well. */
  readonly full?: boolean
}

/** Reads the diff, what the base commit says about reviewing it, and what was said about it before. */
export async function gatherChange(
  { pullRequest, policy, policyPath, previousHead, full = false }: Gathering,
  roles: { readonly source: ChangeSource; readonly publisher: Publisher },
): Promise<GatheredChange> {
  const { source, publisher } = roles
  const [diff, base, earlier] = await Promise.all([
    source.diff(pullRequest),
    source.tree(pullRequest.base.sha),
    publisher.earlier(pullRequest, previousHead),
  ])
  const paths = diff.files.map(({ path }) => path)
  const attributes = await readAttributes(source, base.entries, paths)
  const selection = selectFiles(diff, { policy, attributesOf: gitAttributes(attributes.files) })
  const selectedPaths = selection.selected.map(({ path }) => path)
  const { chosen, skipped } = chooseGuidelines(base.entries, selectedPaths)
  const [guidelines, rules, headTexts] = await Promise.all([
    readTexts(source, chosen, guidelineLimits.bytes),
    readRules(source, base.entries),
    readHeadTexts(source, {
      pullRequest,
      diff,
      selected: selection.selected,
      ledgers: full ? [] : earlier.ledgers,
    }),
  ])
  return {
    diff,
    selection,
    headTexts,
    guidelines: guidelines.read,
    skippedGuidelines: [
      ...skipped,
      ...guidelines.unreadable.map((path) => ({ path, reason: 'unreadable' as const })),
    ],
    rules: rules.files,
    earlier,
    notices: [
      ...(base.truncated ? [treeTruncated] : []),
      ...(paths.some((path) => path === policyPath || path.startsWith('.github/ai-review/'))
        ? [rulesChanged]
        : []),
      ...attributes.notices,
      ...rules.notices,
    ],
  }
}

const treeTruncated: Notice = {
  code: 'tree-truncated',
  message: 'GitHub cut the listing of the base commit: style files and rules beyond the cut were not read.',
}

const rulesChanged: Notice = {
  code: 'rules-changed',
  message:
    'This pull request changes the policy or the rules: it was reviewed under those of its base commit.',
}
