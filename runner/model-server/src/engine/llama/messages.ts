import { z } from 'zod'

/** What the server sends to the child that runs llama.cpp. Call ids are unique per child. */
const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

/** An adapter's name and the path of its GGUF file. */
const AdapterFile = z.object({ name: z.string().min(1), file: z.string().min(1) })
export type AdapterFile = z.infer<typeof AdapterFile>

export const LoadMessage = z.object({
  type: z.literal('load'),
  model: z.string().min(1),
  modelsDirectory: z.string().min(1),
  hubUrl: z.url(),
  threads: z.int().min(1).optional(),
  contextTokens: z.int().min(256).optional(),
  sequences: z.int().min(1),
  /** Adapters whose contexts are open at once. */
  adapters: z.int().min(1),
  /** Path or name of a GGUF model for embeddings. */
  embeddingModel: z.string().min(1).optional(),
  gpu: z.enum(['auto', 'cuda', 'vulkan', 'metal', 'off']),
})
export type LoadMessage = z.infer<typeof LoadMessage>

export const CompleteMessage = z.object({
  type: z.literal('complete'),
  id: z.int(),
  messages: z.array(Message),
  schema: z.record(z.string(), z.unknown()),
  maxTokens: z.int().min(1),
  seed: z.int(),
  priority: z.number(),
  adapter: AdapterFile.optional(),
})
export type CompleteMessage = z.infer<typeof CompleteMessage>

export const ScoreMessage = z.object({
  type: z.literal('score'),
  id: z.int(),
  messages: z.array(Message),
  completion: z.string(),
  adapter: AdapterFile.optional(),
})
export type ScoreMessage = z.infer<typeof ScoreMessage>

const OpenAdapterMessage = z.object({ type: z.literal('open-adapter'), id: z.int(), adapter: AdapterFile })
const CloseAdapterMessage = z.object({ type: z.literal('close-adapter'), id: z.int(), adapter: AdapterFile })
export const EmbedMessage = z.object({
  type: z.literal('embed'),
  id: z.int(),
  texts: z.array(z.string()),
})
export type EmbedMessage = z.infer<typeof EmbedMessage>
const CountMessage = z.object({ type: z.literal('count'), id: z.int(), messages: z.array(Message) })
const AbortMessage = z.object({ type: z.literal('abort'), id: z.int() })

export const ToChild = z.discriminatedUnion('type', [
  LoadMessage,
  CompleteMessage,
  ScoreMessage,
  OpenAdapterMessage,
  CloseAdapterMessage,
  EmbedMessage,
  CountMessage,
  AbortMessage,
])
export type ToChild = z.infer<typeof ToChild>

export const LoadedModelFacts = z.object({
  model: z.string(),
  modelHash: z.string().regex(/^[0-9a-f]{64}$/),
  contextTokens: z.int(),
  parallel: z.int(),
  gpu: z.enum(['cuda', 'vulkan', 'metal', 'off']),
  threads: z.int(),
  embeddingModel: z.string().optional(),
})
export type LoadedModelFacts = z.infer<typeof LoadedModelFacts>

const CompletionMessage = z.object({
  text: z.string(),
  finish: z.enum(['stop', 'length']),
  usage: z.object({ promptTokens: z.int(), cachedTokens: z.int(), completionTokens: z.int() }),
})

const Vector = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** What the child answers. `alive` says that evaluation goes on while a call is under way. */
export const FromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('download'), doneBytes: z.number(), totalBytes: z.number() }),
  z.object({ type: z.literal('loaded'), facts: LoadedModelFacts }),
  z.object({ type: z.literal('load-failed'), reason: z.string() }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('completed'), id: z.int(), completion: CompletionMessage }),
  z.object({ type: z.literal('scored'), id: z.int(), logProbabilities: z.array(z.number()) }),
  z.object({ type: z.literal('embedded'), id: z.int(), vectors: z.array(Vector) }),
  z.object({ type: z.literal('adapter-opened'), id: z.int() }),
  z.object({ type: z.literal('adapter-closed'), id: z.int() }),
  z.object({ type: z.literal('counted'), id: z.int(), tokens: z.int() }),
  z.object({
    type: z.literal('rejected'),
    id: z.int(),
    code: z.enum(['context-overflow', 'unavailable', 'rejected', 'aborted']),
    reason: z.string(),
  }),
])
export type FromChild = z.infer<typeof FromChild>
