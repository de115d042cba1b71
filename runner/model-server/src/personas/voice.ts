import type { PastComment, StyleProfile } from '@ai-review/protocol/persona'

/** What a review asks a memory with: some lines of a change, and where they stand. */
export interface Place {
  readonly repositoryId: number
  /** The change itself: nothing that was said on it is ever an example for it. */
  readonly pullRequest: number
  readonly path: string
  /** Text of the lines in question with a little around them. */
  readonly code: string
  /** The whole hunk that they stand in, each line with its sign: by it a change is known that came back under another number. */
  readonly hunk?: string
  /** What is to be said there, where that is known already: then it weighs in. */
  readonly remark?: string
  /** Only what was said earlier than this, an instant as ISO 8601. */
  readonly before?: string
}

/** A past comment near to a place. `nearness` is 0 to 1, comparable within one memory. */
export interface Neighbour {
  readonly comment: PastComment
  readonly nearness: number
}

/** The past comments of one person, to be asked for the nearest. */
export interface PersonaMemory {
  readonly size: number
  /** The nearest first, at most `most`, none below the threshold of the memory. */
  near(place: Place, most: number): Promise<readonly Neighbour[]>
  /** True for a text that repeats a past comment over twelve words or more. */
  isCopied(text: string): Promise<boolean>
}

/** A persona ready to take part in one review. */
export interface Voice {
  readonly login: string
  readonly name: string
  readonly memory: PersonaMemory
  readonly style: StyleProfile
  /** Null: by retrieval alone, with the base model. It is loaded on the engine. */
  readonly adapter: { readonly name: string; readonly arm: 'live' | 'canary' } | null
  /** Path of the card's page, or its whole address where the server knows that. */
  readonly card: string
}

/** Whose voice a review asks for, and for which change. */
interface AskedVoice {
  readonly owner: string
  readonly repository: string
  readonly repositoryId: number
  readonly pullRequest: number
  readonly person: { readonly id: number; readonly login: string; readonly name?: string }
}

/** Finds the voice that a review asks for; null where there is no consent or too little to go by. Never throws. */
export interface Voices {
  find(asked: AskedVoice): Promise<Voice | null>
  /** Whether the person has taken the consent back, as may happen while the voice speaks. False where nobody can tell. */
  isWithdrawn?(asked: AskedVoice): Promise<boolean>
}
