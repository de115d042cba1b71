import {
  type AskedRepository,
  type Caller,
  mayAskFor,
  mayChangePersonas,
  maySpeakOf,
  mayTellFeedback,
} from '../callers/caller.ts'
import { ProblemError } from '../problems.ts'

/** What the caller may not ask for is refused before anything of it is looked up. */

/** Throws `not-your-repository` unless the caller may ask for it. */
export function refuseOthers(caller: Caller, repository: AskedRepository): void {
  if (!mayAskFor(caller, repository)) throw new ProblemError('not-your-repository')
}

/** Throws `not-your-repository`, or `not-by-this-run` where a run speaks of another pull request than its own. */
export function refuseOtherChanges(
  caller: Caller,
  asked: { readonly repository: AskedRepository; readonly pullRequest: number },
): void {
  refuseOthers(caller, asked.repository)
  if (!maySpeakOf(caller, asked.pullRequest)) throw new ProblemError('not-by-this-run')
}

/** Throws the same, and `not-by-this-run` where the reactions that this run tells of are nobody's but its author's word. */
export function refuseOthersFeedback(
  caller: Caller,
  asked: { readonly repository: AskedRepository; readonly pullRequest: number },
): void {
  refuseOtherChanges(caller, asked)
  if (!mayTellFeedback(caller, asked.pullRequest)) throw new ProblemError('not-by-this-run')
}

/** Throws `not-by-this-run` where whoever may push a branch could have written what this run asks for. */
export function refuseToChangePersonas(caller: Caller): void {
  if (!mayChangePersonas(caller)) throw new ProblemError('not-by-this-run')
}
