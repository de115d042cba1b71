import { Login } from '@ai-review/protocol/persona'
import { z } from 'zod'
import type { Caller } from '../callers/caller.ts'
import type { AskedNumbers } from '../personas/own-record.ts'
import type { PersonaKey } from '../personas/persona-key.ts'
import { ProblemError } from '../problems.ts'
import { refuseOthers, refuseToChangePersonas } from './refuse-others.ts'

/** Names as GitHub gives them, and nothing that a path could mean besides. */
export const PersonaParams = z.strictObject({
  owner: z.string().regex(/^[A-Za-z\d][A-Za-z\d_-]{0,99}$/),
  repository: z.string().regex(/^(?!\.{1,2}$)[A-Za-z\d._-]{1,100}$/),
  login: Login,
})
export type PersonaParams = z.infer<typeof PersonaParams>

interface Named {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
  readonly person: { readonly login: string }
}

/**
 * The persona of the path. Throws `not-your-repository` where the caller may not ask for it, and `bad-request` where the
 * body speaks of another one.
 */
export function personaOf(caller: Caller, params: PersonaParams, body?: Named): PersonaKey {
  refuseOthers(caller, { owner: params.owner, name: params.repository })
  if (body !== undefined) {
    const { repository, person } = body
    refuseOthers(caller, repository)
    const isSame =
      isSameName(repository.owner, params.owner) &&
      isSameName(repository.name, params.repository) &&
      isSameName(person.login, params.login)
    if (!isSame) {
      throw new ProblemError('bad-request', {
        hint: 'Name the same repository and login in the path and in the body.',
      })
    }
  }
  return params
}

/** As `personaOf`, for what changes something. Throws `not-by-this-run` where the caller's word is not taken for that. */
export function personaToChange(caller: Caller, params: PersonaParams, body?: Named): PersonaKey {
  const key = personaOf(caller, params, body)
  refuseToChangePersonas(caller)
  return key
}

/**
 * GitHub's numbers of a request without a body: those that it names, and the repository's that a token proves. Throws
 * `not-your-repository` where they differ.
 */
export function numbersOf(
  caller: Caller,
  { owner, repository: name }: PersonaParams,
  asked: { readonly repository?: number | undefined; readonly person?: number | undefined } = {},
): AskedNumbers {
  if (asked.repository !== undefined) refuseOthers(caller, { owner, name, id: asked.repository })
  const repositoryId = caller.kind === 'run' ? caller.run.repository.id : asked.repository
  return {
    ...(repositoryId === undefined ? {} : { repositoryId }),
    ...(asked.person === undefined ? {} : { personId: asked.person }),
  }
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
