import type { Engine } from '../../engine/engine.ts'

type Embed = NonNullable<Engine['embed']>

/** Texts in one call, and their longest: models of embeddings have small contexts. */
const limits = { batch: 32, text: 2000 } as const
/** Pairs of texts by which it is told how alike two unlike texts are. */
const pairs = 400
/** Nearness below which nothing is near, however much alike all texts of a memory are. */
const leastNearness = 0.1
/** Share of such pairs that is less alike than what counts as near. */
const nearShare = 0.98

/** Texts by their vectors. */
interface VectorNearness {
  /** Nearness of a text to each, 0 to 1: 0 is as near as any two are. Null where it is not known. */
  of(text: string): Promise<Float64Array | null>
  /** Nearness that few unlike texts reach; known once `of` has answered. */
  readonly threshold: number
}

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return Number.isFinite(sum) ? sum : -1
}

async function embedAll(embed: Embed, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = []
  for (let at = 0; at < texts.length; at += limits.batch) {
    const batch = texts.slice(at, at + limits.batch).map((text) => text.slice(0, limits.text))
    vectors.push(...(await embed(batch)))
  }
  if (vectors.length !== texts.length) throw new RangeError('There are not as many vectors as texts.')
  return vectors
}

/** How alike far-off members of the list are, least first: the same pairs each time. */
function unlike(vectors: readonly Float32Array[]): number[] {
  const size = vectors.length
  return Array.from({ length: pairs }, (_, index) => {
    const first = vectors[(index * 7919) % size]
    const second = vectors[(index * 7919 + 1 + ((index * 104_729) % Math.max(1, size - 1))) % size]
    return first === undefined || second === undefined ? 0 : dot(first, second)
  }).sort((a, b) => a - b)
}

/** After a failure the model of embeddings is left alone for this long. */
const restMs = 60_000

/** Starts to embed `texts` at once. Until that is done nothing is known; where it fails it is tried again at a later question. */
export function indexVectors(texts: readonly string[], embed: Embed): VectorNearness {
  let built: { readonly vectors: readonly Float32Array[]; readonly even: number } | null = null
  let threshold = 1
  let restsUntil = Number.POSITIVE_INFINITY
  const keep = (vectors: readonly Float32Array[]) => {
    const alike = unlike(vectors)
    const even = alike[Math.floor(pairs / 2)] ?? 0
    built = { vectors, even }
    const few = ((alike[Math.floor(pairs * nearShare)] ?? 1) - even) / Math.max(0.01, 1 - even)
    threshold = Math.max(leastNearness, few)
  }
  const build = () => {
    restsUntil = Number.POSITIVE_INFINITY
    void embedAll(embed, texts).then(keep, () => {
      restsUntil = Date.now() + restMs
    })
  }
  build()
  return {
    get threshold() {
      return threshold
    },
    of: async (text) => {
      if (built === null) {
        if (Date.now() >= restsUntil) build()
        return null
      }
      const { vectors, even } = built
      const [vector] = await embed([text.slice(0, limits.text)]).catch((): Float32Array[] => [])
      if (vector === undefined) return null
      return Float64Array.from(vectors, (one) =>
        Math.max(0, (dot(one, vector) - even) / Math.max(0.01, 1 - even)),
      )
    },
  }
}
