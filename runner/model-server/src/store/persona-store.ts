import type { KeptPersonas } from '../personas/persona-store.ts'
import type { Database } from './database.ts'

export interface PersonaStoreOptions {
  readonly database: Database
  /** Of the server: names are hashed and texts encrypted under keys derived from it. */
  readonly secret: Uint8Array
  readonly now?: () => number
}

/** What the server keeps of personas, in PGlite or PostgreSQL. */
export declare function createPersonaStore(options: PersonaStoreOptions): KeptPersonas
