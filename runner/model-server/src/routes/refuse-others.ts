import { type AskedRepository, type Caller, mayAskFor } from '../callers/caller.ts'
import { ProblemError } from '../problems.ts'

/** Throws `not-your-repository` unless the caller may ask for it, before anything of it is looked up. */
export function refuseOthers(caller: Caller, repository: AskedRepository): void {
  if (!mayAskFor(caller, repository)) throw new ProblemError('not-your-repository')
}
