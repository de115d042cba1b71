import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Engine, EngineError } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpClient } from './http-client.ts'

type Embed = NonNullable<Engine['embed']>

const Embedded = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
})

const textsPerCall = 64
/** Characters of a text that count: past comments and hunks are shorter. */
const charactersMax = 6000
/** A text that a model cannot read even when it is so short is not what is wrong. */
const charactersMin = 300

/**
 * Embedding by the OpenAI protocol, and what tells its vectors from those of another model. One text is embedded to
 * try it. Throws an EngineError.
 */
export async function probeEmbedding(
  client: HttpClient,
  model: string,
): Promise<{ readonly embed: Embed; readonly embeddingModel: string }> {
  const embed: Embed = async (texts) => {
    const vectors: Float32Array[] = []
    for (let at = 0; at < texts.length; at += textsPerCall) {
      vectors.push(...(await embedSome({ client, model }, texts.slice(at, at + textsPerCall), charactersMax)))
    }
    return vectors
  }
  const [vector] = await embed(['a'])
  const identity = JSON.stringify([model, vector?.length])
  return { embed, embeddingModel: createHash('sha256').update(identity).digest('hex') }
}

interface EmbeddingServer {
  readonly client: HttpClient
  readonly model: string
}

/** Of texts that are too long for the model ever less is sent. */
async function embedSome(
  server: EmbeddingServer,
  texts: readonly string[],
  characters: number,
): Promise<Float32Array[]> {
  const { client, model } = server
  // An empty text has no embedding.
  const input = texts.map((text) => text.slice(0, characters) || ' ')
  try {
    const body = { model, input, encoding_format: 'float' }
    return vectorsOf(await client.text({ path: '/v1/embeddings', body }), texts.length)
  } catch (error) {
    const isTooLong = error instanceof EngineError && error.code === 'context-overflow'
    if (!isTooLong || characters / 2 < charactersMin) throw error
    return await embedSome(server, texts, Math.floor(characters / 2))
  }
}

function vectorsOf(text: string, count: number): Float32Array[] {
  const { data } = Embedded.safeParse(parseJson(text)).data ?? refuse()
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]))
  return Array.from({ length: count }, (_, index) => unit(byIndex.get(index) ?? refuse()))
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector)
  if (!(length > 0 && Number.isFinite(length))) return refuse()
  return Float32Array.from(vector, (value) => value / length)
}

function refuse(): never {
  throw new EngineError('rejected', 'The embedding server answers in another protocol: check its address.')
}
