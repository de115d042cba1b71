/** A repository as a request names it. `id` is GitHub's number, where the request tells it. */
export interface AskedRepository {
  readonly owner: string
  readonly name: string
  readonly id?: number
}

/** Names as GitHub gives them, in lower case; `*` for every repository of the owner. */
export interface BoundRepository {
  readonly owner: string
  readonly name: string
}

/** A run of a workflow, as its token proves it. */
export interface WorkflowRun {
  readonly repository: Required<AskedRepository>
  /** The one that the run belongs to; null: its event belongs to none. */
  readonly pullRequest: number | null
  /** The workflow is that of a branch which not everybody who may push can change. */
  readonly isTrusted: boolean
}

/** `name` is the same for the same caller, and no secret: what one asked for, no other may see. */
export type Caller =
  /** A program on this machine where no keys are configured, or a key that is bound to nothing. */
  | { readonly kind: 'any'; readonly name: string }
  | { readonly kind: 'bound'; readonly name: string; readonly repositories: readonly BoundRepository[] }
  | { readonly kind: 'run'; readonly name: string; readonly run: WorkflowRun }

/**
 * Which of the names that a number leads to are within the caller's reach; undefined: all. Whose key is bound to names
 * may state any number, so what is found by number alone is held against the names.
 */
export function reachOf(caller: Caller): Reach | undefined {
  if (caller.kind !== 'bound') return undefined
  return ({ owner, repository }) => mayAskFor(caller, { owner, name: repository })
}
type Reach = (found: { readonly owner: string; readonly repository: string }) => boolean

/** Whether the caller may ask for this repository. Names compare as GitHub's do: whatever their case. */
export function mayAskFor(caller: Caller, asked: AskedRepository): boolean {
  const owner = asked.owner.toLowerCase()
  const name = asked.name.toLowerCase()
  switch (caller.kind) {
    case 'any':
      return true
    case 'bound':
      return caller.repositories.some(
        (bound) => bound.owner === owner && (bound.name === '*' || bound.name === name),
      )
    case 'run': {
      const { repository } = caller.run
      const isSameName = repository.owner.toLowerCase() === owner && repository.name.toLowerCase() === name
      return isSameName && (asked.id === undefined || asked.id === repository.id)
    }
  }
}

/**
 * Whether the caller may speak of this pull request. The workflow of a run that belongs to a pull request can be written
 * by whoever may push its branch, so it is held to that pull request.
 */
export function maySpeakOf(caller: Caller, pullRequest: number): boolean {
  return caller.kind !== 'run' || caller.run.pullRequest === null || caller.run.pullRequest === pullRequest
}

/** Whether the caller's word on consents, past comments and versions is taken. */
export function mayChangePersonas(caller: Caller): boolean {
  return caller.kind !== 'run' || caller.run.isTrusted
}

/** Whether what the caller tells of people's reactions on a pull request counts. */
export function mayTellFeedback(caller: Caller, pullRequest: number): boolean {
  if (caller.kind !== 'run' || caller.run.isTrusted) return true
  return caller.run.pullRequest === pullRequest
}
