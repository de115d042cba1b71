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
  /** Tells the vectors of one embedding model from those of another; there where `embed` is. */
  readonly embeddingModel?: string
}

/** `resting`: it gave its memory back and calls wait; see {@link Engine.rest}. */
export type EngineHealth =
  | { readonly state: 'ready' }
  | { readonly state: 'starting' | 'restarting' | 'resting' | 'down'; readonly detail: string }

/** An adapter's files: `adapter_config.json`, `adapter_model.safetensors` and, where it could be converted, `adapter.gguf`. */
export interface AdapterFiles {
  /** Content-addressed: `a-` and 12 hex digits. */
  readonly name: string
  /** Absolute path. A driver of an engine on another machine knows where that one sees it. */
  readonly directory: string
}

/** The adapters of a running engine. Names are never used twice for different content. */
export interface EngineAdapters {
  /** Ready for `complete` when it returns; one that is loaded already is left as it is. `rejected`: the engine cannot use it. */
  load(adapter: AdapterFiles): Promise<void>
  /** One that is not there is no error. Calls under way with it end first. */
  unload(name: string): Promise<void>
  /** Names of those that are loaded now: an engine that started again has none. */
  list(): Promise<readonly string[]>
}

export interface ScoreRequest {
  readonly messages: readonly Message[]
  /** What the model is taken to have answered. */
  readonly completion: string
  readonly adapter?: string
  readonly signal: AbortSignal
}

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
  /** Absent where the engine has none. */
  readonly adapters?: EngineAdapters
  /**
   * Natural logarithms of the probability of each token of a completion, and of the end of the turn after it where
   * the engine knows it by one token. Absent where the engine cannot tell.
   */
  score?(request: ScoreRequest): Promise<readonly number[]>
  /** One vector of length 1 for each text; absent where no embedding model is configured. */
  embed?(texts: readonly string[]): Promise<readonly Float32Array[]>
  /**
   * Lets the calls under way end, then gives memory back until the returned function is called; calls in between
   * wait. Whoever rests beside others resumes for itself alone. Absent where that is impossible.
   */
  rest?(): Promise<() => Promise<void>>
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
