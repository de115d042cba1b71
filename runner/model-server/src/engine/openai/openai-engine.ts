import { createHash } from 'node:crypto'
import type { CompletionRequest, Engine, EngineDescription, EngineHealth, Message } from '../engine.ts'
import { EngineError } from '../engine.ts'
import { probeTokenCounting } from './count-tokens.ts'
import { probeEmbedding } from './embed-texts.ts'
import { createHttpClient, defaultTimeouts, type HttpClient, type Timeouts } from './http-client.ts'
import { probeAdapters } from './openai-adapters.ts'
import { completionBody, probeFacts, probeFeatures, type ServerFacts } from './probe-server.ts'
import { readCompletion } from './read-completion.ts'
import { probeScoring } from './score-completion.ts'
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
  /** Absolute path under which the server sees the directory that adapters lie in, if it is another than here. */
  readonly adaptersDirectory?: string | undefined
  /** Where texts are embedded; without it there is no `embed`. */
  readonly embedding?: EmbeddingOptions | undefined
  /** Milliseconds. */
  readonly timeouts?: Partial<Timeouts> | undefined
}

interface EmbeddingOptions {
  /** With or without `/v1` at its end. */
  readonly baseUrl: string
  readonly apiKey?: string | undefined
  readonly model: string
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
 * by asking for the list of models, a token count, a tiny constrained completion, its runtime loading of adapters and
 * the probabilities of a prompt. Throws an {@link EngineError} when it cannot be reached (`unavailable`) or cannot
 * serve (`rejected`); no text of a prompt or answer is in it.
 */
export async function createOpenAiEngine(options: OpenAiEngineOptions): Promise<Engine> {
  await using parts = new AsyncDisposableStack()
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const clientOf = ({ baseUrl, apiKey }: Pick<OpenAiEngineOptions, 'baseUrl' | 'apiKey'>) =>
    parts.use(createHttpClient({ origin: originOf(baseUrl), apiKey, timeouts }))
  const client = clientOf(options)
  const { model, embedding } = options
  const facts = await probeFacts(client, model)
  const features = await probeFeatures(client, model)
  const count = await probeTokenCounting({ client, model, templateOptions: features.templateOptions })
  const adapters = await probeAdapters({ client, directory: options.adaptersDirectory })
  const score = await probeScoring({ client, model, ...features })
  const embedded = embedding === undefined ? null : await probeEmbedding(clientOf(embedding), embedding.model)
  const call = adapterCaller(adapters)

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
    return await call(adapter, () =>
      readCompletion(client.stream({ path: '/v1/chat/completions', body, signal })),
    )
  }
  const open = parts.move()
  return {
    description: {
      ...describe(options, facts),
      ...(embedded === null ? {} : { embeddingModel: embedded.embeddingModel }),
    },
    complete,
    countTokens: (messages) => count(plain(messages)),
    health: () => healthOf(client),
    ...(adapters === null ? {} : { adapters }),
    ...(score === undefined ? {} : { score: plainScore(score, call) }),
    ...(embedded === null ? {} : { embed: embedded.embed }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

type AdapterCaller = <Result>(adapter: string | undefined, work: () => Promise<Result>) => Promise<Result>

function adapterCaller(adapters: Awaited<ReturnType<typeof probeAdapters>>): AdapterCaller {
  return async (adapter, work) => {
    if (adapter === undefined) return await work()
    if (adapters !== null) return await adapters.call(adapter, work)
    throw new EngineError(
      'rejected',
      'The model server loads no adapters: start vLLM with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True.',
    )
  }
}

function plainScore(score: NonNullable<Engine['score']>, call: AdapterCaller): NonNullable<Engine['score']> {
  return async ({ messages, completion, ...rest }) => {
    const texts = { messages: plain(messages), completion: breakSpecialTokens(completion) }
    return await call(rest.adapter, () => score({ ...texts, ...rest }))
  }
}

async function healthOf(client: HttpClient): Promise<EngineHealth> {
  try {
    await client.text({ path: '/v1/models' })
    return { state: 'ready' }
  } catch (error) {
    return { state: 'down', detail: error instanceof Error ? error.message : 'unknown' }
  }
}
