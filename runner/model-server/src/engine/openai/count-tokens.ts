import { z } from 'zod'
import { EngineError, type Message } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpClient } from './http-client.ts'

/** Counts the tokens of a rendered prompt. */
type CountTokens = (messages: readonly Message[], signal?: AbortSignal) => Promise<number>

/**
 * Bytes per token where the server offers no tokenizer. Code has 2.5 to 4 with the vocabularies of 32,000 entries
 * and more that code models use; the low end keeps a prompt inside the context.
 */
const bytesPerToken = 2.5

/** Tokens that a chat template puts around each message. */
const messageTokens = 8

const estimateTokens: CountTokens = async (messages) =>
  messages.reduce(
    (sum, message) => sum + messageTokens + Math.ceil(Buffer.byteLength(message.content) / bytesPerToken),
    0,
  )

const Counted = z.object({ count: z.int().min(0) })
const Rendered = z.object({ prompt: z.string() })
const Tokenized = z.object({ tokens: z.array(z.unknown()) })

interface CountingServer {
  readonly client: HttpClient
  readonly model: string
  readonly templateOptions: Readonly<Record<string, unknown>>
}

async function post<Shape extends z.ZodType>(
  client: HttpClient,
  { path, body, shape }: { readonly path: string; readonly body: unknown; readonly shape: Shape },
): Promise<z.output<Shape>> {
  const text = await client.text({ path, body })
  const parsed = shape.safeParse(parseJson(text))
  if (!parsed.success)
    throw new EngineError('rejected', 'The model server counts tokens in another protocol.')
  return parsed.data
}

/** vLLM renders and counts in one call. */
const countByVllm =
  ({ client, model, templateOptions }: CountingServer): CountTokens =>
  async (messages) => {
    const body = { model, messages, add_generation_prompt: true, ...templateOptions }
    return (await post(client, { path: '/tokenize', body, shape: Counted })).count
  }

/** llama-server renders in one call and counts in another. */
const countByLlamaServer =
  ({ client, templateOptions }: CountingServer): CountTokens =>
  async (messages) => {
    const template = { messages, ...templateOptions }
    const { prompt } = await post(client, { path: '/apply-template', body: template, shape: Rendered })
    const body = { content: prompt, add_special: true, parse_special: true }
    return (await post(client, { path: '/tokenize', body, shape: Tokenized })).tokens.length
  }

/** The most exact way of counting that the server answers; each is tried once. */
export async function probeTokenCounting(server: CountingServer): Promise<CountTokens> {
  for (const count of [countByVllm(server), countByLlamaServer(server)]) {
    const isOffered = await count([{ role: 'user', content: 'a' }]).then(
      (tokens) => tokens > 0,
      () => false,
    )
    if (isOffered) return count
  }
  return estimateTokens
}
