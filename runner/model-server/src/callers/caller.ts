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

/** `name` is the same for the same caller, and no secret: what one asked for, no other may see. */
export type Caller =
  /** A program on this machine where no keys are configured, or a key that is bound to nothing. */
  | { readonly kind: 'any'; readonly name: string }
  | { readonly kind: 'bound'; readonly name: string; readonly repositories: readonly BoundRepository[] }

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
export function mayAskFor(caller: Caller, { owner, name }: AskedRepository): boolean {
  switch (caller.kind) {
    case 'any':
      return true
    case 'bound':
      return caller.repositories.some(
        (bound) =>
          bound.owner === owner.toLowerCase() && (bound.name === '*' || bound.name === name.toLowerCase()),
      )
  }
}
