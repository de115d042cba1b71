import type { Policy } from './policy.ts'

/** A person in whose style the policy lets reviews be written, if they agree. */
export type ListedPersona = Policy['personas'][number]

/** The entry of a login, however it is capitalised; undefined where the policy lists none. */
export function listedPersona(
  { personas }: Pick<Policy, 'personas'>,
  login: string,
): ListedPersona | undefined {
  const wanted = login.toLowerCase()
  return personas.find((persona) => persona.login.toLowerCase() === wanted)
}
