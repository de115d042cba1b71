import { createHmac } from 'node:crypto'
import type { PersonaKey } from '../../personas/persona-key.ts'
import { personaKeyOf } from '../../personas/persona-key.ts'
import type { VoiceName } from '../../review/pipeline-contract.ts'
import { deriveKey } from '../sealed-text.ts'

/** Stands for a person whose number nobody told. */
export const anybody = 0

/** Names as the tables hold them: hashes under keys of the server, so that a dump tells nobody's. */
export interface HashedNames {
  persona(key: PersonaKey): Buffer
  /** Of a persona's account: a login can pass to another one. */
  person(key: PersonaKey, personId: number): Buffer
  /** Of a person in a repository, whatever either is called. */
  account(numbers: { readonly repositoryId: number; readonly personId: number }): Buffer
  repository(id: number): Buffer
  /** By what reviews and kept answers know whose style they are in. */
  voice(voice: VoiceName): Buffer
  session(name: string): Buffer
  /** Path of the page of a card. `salt` is the persona's own, so a persona that comes back has another one. */
  cardPath(key: PersonaKey, salt: Uint8Array): string
  /** What a card is found by. */
  card(path: string): Buffer
  /** The key of a persona's texts. */
  textKey(salt: Uint8Array): Buffer
}

const cardDigits = 32

export function hashNames(secret: Uint8Array): HashedNames {
  const hasher = (purpose: string) => {
    const key = deriveKey(secret, `persona-${purpose}`)
    return (...parts: readonly (string | number)[]) =>
      createHmac('sha256', key).update(JSON.stringify(parts)).digest()
  }
  const persona = hasher('name')
  const person = hasher('person')
  const account = hasher('account')
  const repository = hasher('repository')
  const voice = hasher('voice')
  const session = hasher('session')
  const cardName = hasher('card-name')
  const card = hasher('card')
  const partsOf = (key: PersonaKey) => {
    const { owner, repository, login } = personaKeyOf(key)
    return [owner, repository, login]
  }
  return {
    persona: (key) => persona(...partsOf(key)),
    person: (key, personId) => person(...partsOf(key), personId),
    account: ({ repositoryId, personId }) => account(repositoryId, personId),
    repository: (id) => repository(id),
    voice: ({ repositoryId, login }) => voice(repositoryId, login.toLowerCase()),
    session: (name) => session(name),
    cardPath: (key, salt) => {
      const digits = cardName(...partsOf(key), Buffer.from(salt).toString('hex')).toString('hex')
      return `/cards/${digits.slice(0, cardDigits)}`
    },
    card: (path) => card(path),
    textKey: (salt) => deriveKey(secret, 'persona-text', salt),
  }
}
