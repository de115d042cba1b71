import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { KeptPersonas } from '../../../runner/model-server/src/personas/persona-store.ts'
import type { Database } from '../../../runner/model-server/src/store/database.ts'
import { createPersonaStore } from '../../../runner/model-server/src/store/persona-store.ts'
import type { dialects, OpenedDatabase } from './dialects.ts'
import { aChunk, aConsent, aKey, aPerson, aRepository, comments, day } from './persona-parts.ts'

const startOfTests = Date.parse(day(200))

/** A store of personas for the tests of one `describe`, empty before each; its clock is `now`. */
export class PersonaStoreScene {
  readonly secret = randomBytes(32)
  now = startOfTests
  #opened: OpenedDatabase | undefined
  #store: KeptPersonas | undefined

  constructor({ open }: (typeof dialects)[number]) {
    beforeAll(async () => {
      this.#opened = await open()
      this.#store = createPersonaStore({
        database: this.database,
        secret: this.secret,
        now: () => this.now,
      })
    })
    afterEach(async () => {
      await this.database.script(
        'TRUNCATE personas, persona_withdrawals, persona_feedback, reviews, response_cache, adapter_leftovers CASCADE',
      )
      this.now = startOfTests
    })
    afterAll(() => this.#opened?.[Symbol.asyncDispose]())
  }

  get database(): Database {
    if (this.#opened === undefined) throw new Error('The database is opened before the first test.')
    return this.#opened.database
  }

  get store(): KeptPersonas {
    if (this.#store === undefined) throw new Error('The store is made before the first test.')
    return this.#store
  }

  agree(key = aKey, about = { repositoryId: aRepository.id, personId: aPerson.id }): Promise<boolean> {
    return this.store.agree(key, { ...about, consent: aConsent() })
  }

  /** A persona whose history is whole. */
  async learn(count: number, session = 'one'): Promise<void> {
    await this.agree()
    await this.store.addChunk(aKey, aChunk({ session, comments: comments(1, count), done: true }))
  }
}
