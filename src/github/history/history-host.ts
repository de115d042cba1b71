import type { FileDiff } from '../../diff/file-diff.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import type { HistoryRules } from './history-rules.ts'
import type { PlacedTexts, TextPlace } from './query-texts.ts'
import type { RequestBudget } from './request-budget.ts'

/** Everything that one reading of a history asks. */
export interface HistoryHost {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  readonly rules: HistoryRules
  readonly budget: RequestBudget
  /** Texts at commits, from the checkout or from GitHub. */
  readonly texts: (places: readonly TextPlace[]) => Promise<PlacedTexts>
  /** The name of a file at a later commit that has it under another one; null where nobody can tell. */
  readonly renamed: (place: TextPlace, later: string) => Promise<string | null>
  /** What a commit changes against its merge base with `base`; null where nobody can tell, or at too high a price. */
  readonly diff: (base: string, commit: string) => Promise<readonly FileDiff[] | null>
}
