/** Whose persona, in which repository. In lower case, as GitHub tells names apart; two keys never share anything. */
export interface PersonaKey {
  readonly owner: string
  readonly repository: string
  readonly login: string
}

export function personaKeyOf(name: PersonaKey): PersonaKey {
  return {
    owner: name.owner.toLowerCase(),
    repository: name.repository.toLowerCase(),
    login: name.login.toLowerCase(),
  }
}

/** A key as one text: the same for the same persona, and for no other. */
export function keyText(key: PersonaKey): string {
  const { owner, repository, login } = personaKeyOf(key)
  return `${owner}/${repository}/${login}`
}
