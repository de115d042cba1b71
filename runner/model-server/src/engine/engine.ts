/** One turn of a conversation with the model. `content` is plain text: special tokens in it are never interpreted. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/**
 * The subset of JSON Schema that every driver can decode under: object (all properties always generated),
 * array with min/maxItems, string with maxLength, integer, number, boolean, null, const, enum, oneOf.
 * Not: anyOf, pattern, minimum, maximum, $ref — llama.cpp's grammar ignores or miscompiles them.
 */
export type DecodingSchema = Readonly<Record<string, unknown>>

export interface CompletionRequest {
  readonly messages: readonly Message[]
  readonly schema: DecodingSchema
  /** Content-addressed name of an adapter; absent: the base model. */
  readonly adapter?: string
  readonly maxTokens: number
  readonly seed: number
  /** Lower goes first. */
  readonly priority: number
  readonly signal: AbortSignal
}

/** `finish`: `length` means the answer was cut at maxTokens and is not valid JSON; `refusal` that the engine declined. */
export interface Completion {
  readonly text: string
  readonly finish: 'stop' | 'length' | 'refusal'
  readonly usage: {
    readonly promptTokens: number
    readonly cachedTokens: number
    readonly completionTokens: number
  }
}

/** What an engine can do, asked of it at start, never guessed from a name. */
export interface EngineDescription {
  /** Name to show people: the model's own, or the file's. */
  readonly model: string
  /** Hash of the weights where known, else of the name and version: part of cache keys. */
  readonly modelHash: string
  /** Prompt and answer together, in tokens. */
  readonly contextTokens: number
  /** Completions that make progress at once. */
  readonly parallel: number
}

export type EngineHealth =
  | { readonly state: 'ready' }
  | { readonly state: 'starting' | 'restarting' | 'down'; readonly detail: string }

/**
 * A language model. Errors are {@link EngineError}s: `context-overflow` (prompt and maxTokens exceed the context),
 * `unavailable` (try again later), `crashed` (the driver already restarts; retry once), `rejected` (a bug of ours),
 * `aborted` (the signal fired).
 */
export interface Engine extends AsyncDisposable {
  readonly description: EngineDescription
  complete(request: CompletionRequest): Promise<Completion>
  /** Exact number of tokens of the rendered prompt, chat template included. */
  countTokens(messages: readonly Message[]): Promise<number>
  health(): Promise<EngineHealth>
}

export type EngineErrorCode = 'context-overflow' | 'unavailable' | 'crashed' | 'rejected' | 'aborted'

interface EngineErrorOptions extends ErrorOptions {
  /** Milliseconds after which an `unavailable` engine asks to be called again. */
  readonly retryAfterMs?: number | undefined
}

export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  readonly retryAfterMs: number | undefined
  constructor(code: EngineErrorCode, message: string, options: EngineErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
}
