import { createHash } from 'node:crypto'
import type { CompletionRequest, Engine, EngineDescription, Message } from '../engine.ts'
import { EngineError } from '../engine.ts'
import { probeTokenCounting } from './count-tokens.ts'
import { createHttpClient, defaultTimeouts, type Timeouts } from './http-client.ts'
import { completionBody, probeFacts, probeFeatures, type ServerFacts } from './probe-server.ts'
import { readCompletion } from './read-completion.ts'
import { breakSpecialTokens } from './special-tokens.ts'
import { strictSchema } from './strict-schema.ts'

export interface OpenAiEngineOptions {
  /** Address of the server, with or without `/v1` at its end. */
  readonly baseUrl: string
  readonly apiKey?: string | undefined
  /** As `/v1/models` lists it. */
  readonly model: string
  /** Prompt and answer together; without it the server's own figure, else 8192. */
  readonly contextTokens?: number | undefined
  /** Completions asked for at once; without it the server's slots, else 8. */
  readonly parallel?: number | undefined
  /** Milliseconds. */
  readonly timeouts?: Partial<Timeouts> | undefined
}

/** Taken where neither the server nor the configuration tells: every current code model has at least this. */
const unknownContextTokens = 8192

/** Taken where nobody tells how many completions a server runs together. */
const unknownParallel = 8

/** Scheme, host and path of the server without `/v1` and slashes at its end; anything but http and https is refused. */
function originOf(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.search !== ''
  ) {
    throw new EngineError('rejected', 'The address of the model server is not a plain http or https URL.')
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v1$/, '')
}

function describe(options: OpenAiEngineOptions, facts: ServerFacts): EngineDescription {
  const identity = JSON.stringify([options.model, facts.root, facts.version])
  return {
    model: options.model,
    modelHash: createHash('sha256').update(identity).digest('hex'),
    contextTokens: options.contextTokens ?? facts.contextTokens ?? unknownContextTokens,
    parallel: options.parallel ?? facts.parallel ?? unknownParallel,
  }
}

const plain = (messages: readonly Message[]): readonly Message[] =>
  messages.map(({ role, content }) => ({ role, content: breakSpecialTokens(content) }))

/**
 * An engine behind the OpenAI protocol: vLLM, llama-server, SGLang, Ollama. What the server can do is probed once,
 * by asking for the list of models, a token count and a tiny constrained completion. Throws an {@link EngineError}
 * when it cannot be reached (`unavailable`) or cannot serve (`rejected`); no text of a prompt or answer is in it.
 */
export async function createOpenAiEngine(options: OpenAiEngineOptions): Promise<Engine> {
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const client = createHttpClient({ origin: originOf(options.baseUrl), apiKey: options.apiKey, timeouts })
  try {
    const { model } = options
    const facts = await probeFacts(client, model)
    const features = await probeFeatures(client, model)
    const count = await probeTokenCounting({ client, model, templateOptions: features.templateOptions })
    const complete = async ({
      messages,
      schema,
      adapter,
      maxTokens,
      seed,
      priority,
      signal,
    }: CompletionRequest) => {
      const parts = {
        model: adapter ?? model,
        messages: plain(messages),
        schema: strictSchema(schema),
        maxTokens,
      }
      const body = {
        ...completionBody(parts, { seed, priority, features }),
        stream: true,
        stream_options: { include_usage: true },
      }
      return readCompletion(client.stream({ path: '/v1/chat/completions', body, signal }))
    }
    return {
      description: describe(options, facts),
      complete,
      countTokens: (messages) => count(plain(messages)),
      health: async () => {
        try {
          await client.text({ path: '/v1/models' })
          return { state: 'ready' }
        } catch (error) {
          return { state: 'down', detail: error instanceof Error ? error.message : 'unknown' }
        }
      },
      [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
    }
  } catch (error) {
    await client[Symbol.asyncDispose]()
    throw error
  }
}
