import { z } from 'zod'
import { EngineError } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpClient } from './http-client.ts'
import { strictSchema } from './strict-schema.ts'

/** What a server said of itself. */
export interface ServerFacts {
  /** Names the weights as far as the server does: where they were loaded from, else the model's id. */
  readonly root: string
  /** Of the program that serves them; '' where it does not tell. */
  readonly version: string
  readonly contextTokens: number | null
  readonly parallel: number | null
}

/** Fields of a completion beyond the common ones, each sent only where the server took it. */
interface ServerFeatures {
  readonly priority: boolean
  /** `chat_template_kwargs` that switch off thinking aloud, which would use up the answer's tokens. */
  readonly templateOptions: Readonly<Record<string, unknown>>
}

const Models = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      root: z.string().nullish().catch(null),
      max_model_len: z.int().nullish().catch(null),
    }),
  ),
})
const LlamaServerProps = z.object({
  default_generation_settings: z.object({ n_ctx: z.int().min(1) }),
  total_slots: z.int().min(1).nullish().catch(null),
  model_path: z.string().nullish().catch(null),
  build_info: z.string().nullish().catch(null),
})
const Version = z.object({ version: z.string() })

/** An answer that a server may well not offer: null then. */
async function optional<Value>(
  client: HttpClient,
  path: string,
  shape: z.ZodType<Value>,
): Promise<Value | null> {
  const text = await client.text({ path }).catch(() => '')
  return shape.safeParse(parseJson(text)).data ?? null
}

/**
 * Reads the list of models and what else the server tells. An `EngineError` tells that it cannot be reached, speaks
 * another protocol, or does not serve `model`.
 */
export async function probeFacts(client: HttpClient, model: string): Promise<ServerFacts> {
  const models = Models.safeParse(parseJson(await client.text({ path: '/v1/models' })))
  if (!models.success) {
    throw new EngineError(
      'rejected',
      'The model server has no list of models in the OpenAI form: check its address.',
    )
  }
  const entry = models.data.data.find((one) => one.id === model)
  if (entry === undefined) {
    throw new EngineError(
      'rejected',
      'The model server does not serve the configured model: compare it with /v1/models.',
    )
  }
  const props = await optional(client, '/props', LlamaServerProps)
  const version = await optional(client, '/version', Version)
  return {
    root: entry.root ?? props?.model_path ?? entry.id,
    version: version?.version ?? props?.build_info ?? '',
    contextTokens: entry.max_model_len ?? props?.default_generation_settings.n_ctx ?? null,
    parallel: props?.total_slots ?? null,
  }
}

const noThinking = { chat_template_kwargs: { enable_thinking: false } }

const candidates: readonly ServerFeatures[] = [
  { priority: true, templateOptions: noThinking },
  { priority: false, templateOptions: noThinking },
  { priority: true, templateOptions: {} },
  { priority: false, templateOptions: {} },
]

const probeSchema = strictSchema({ type: 'object', properties: { ok: { type: 'boolean' } } })

/** The body of a completion that is constrained by a schema. */
export function completionBody(
  parts: {
    readonly model: string
    readonly messages: unknown
    readonly schema: unknown
    readonly maxTokens: number
  },
  {
    seed,
    priority,
    features,
  }: { readonly seed: number; readonly priority: number; readonly features: ServerFeatures },
) {
  return {
    model: parts.model,
    messages: parts.messages,
    max_tokens: parts.maxTokens,
    temperature: 0,
    seed,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'answer', strict: true, schema: parts.schema },
    },
    ...(features.priority ? { priority } : {}),
    ...features.templateOptions,
  }
}

/**
 * Asks for a tiny completion with ever fewer extra fields until the server takes it. One that refuses even a plain
 * request constrained by a schema is `rejected`: its answers could not be relied on.
 */
export async function probeFeatures(client: HttpClient, model: string): Promise<ServerFeatures> {
  const messages = [{ role: 'user', content: 'Answer {"ok":true}.' }]
  for (const features of candidates) {
    const parts = { model, messages, schema: probeSchema, maxTokens: 8 }
    const body = completionBody(parts, { seed: 1, priority: 1, features })
    const refusal = await client.text({ path: '/v1/chat/completions', body }).then(
      () => null,
      (error: unknown) => error,
    )
    if (refusal === null) return features
    if (!(refusal instanceof EngineError && refusal.code === 'rejected')) throw refusal
  }
  throw new EngineError(
    'rejected',
    'The model server refuses answers constrained by a JSON schema: use one that can.',
  )
}
