import { queryBlobs } from './query-blobs.ts'
import { type BlobPlace, decodeText, fetchBlob } from './read-blob.ts'

interface BlobTextsOptions extends BlobPlace {
  /** Bytes of a blob where its tree told them. */
  readonly sizeOf: (blob: string) => number | undefined
}

interface Wanted {
  readonly blobs: readonly string[]
  /** Blobs beyond are answered with null, and are not asked for where their size is known. */
  readonly maxBytes: number
  /** Most blobs that are asked for in a request of their own. */
  readonly mostAlone: number
}

/** Of one request: GitHub answers in ten seconds or not at all, so what it has to gather must be small. */
const batchLimits = { blobs: 50, bytes: 1_000_000 } as const
const atOnce = 8

type Texts = Map<string, string | null>

/** Reads texts from the checkout, from GitHub in batches, and one by one what that leaves; `null` is no UTF-8 text. */
export function createBlobTexts(options: BlobTextsOptions): (wanted: Wanted) => Promise<Texts> {
  let hasBatches = true
  const readLocally = async (texts: Texts, blobs: readonly string[], maxBytes: number) => {
    for (const [blob, bytes] of (await options.localGit?.blobs(blobs, maxBytes)) ?? []) {
      texts.set(blob, bytes === 'too-large' ? null : decodeText(bytes))
    }
  }
  const readBatches = async (texts: Texts, blobs: readonly string[], maxBytes: number) => {
    for (const batch of batchesOf(blobs, (blob) => options.sizeOf(blob) ?? maxBytes)) {
      // A request for one blob tells more over REST, and costs the same.
      if (!hasBatches || batch.length < 2) continue
      const answer = await queryBlobs(options, batch)
      hasBatches = answer !== null
      for (const [blob, bytes] of answer ?? []) texts.set(blob, decodeText(within(bytes, maxBytes)))
    }
  }
  return async ({ blobs, maxBytes, mostAlone }) => {
    const texts: Texts = new Map()
    const open = () => [...new Set(blobs)].filter((blob) => !texts.has(blob))
    for (const blob of open()) if ((options.sizeOf(blob) ?? 0) > maxBytes) texts.set(blob, null)
    await readLocally(texts, open(), maxBytes)
    await readBatches(texts, open(), maxBytes)
    await eachOf(open().slice(0, mostAlone), async (blob) => {
      texts.set(blob, decodeText(await fetchBlob(options, blob, maxBytes)))
    })
    return texts
  }
}

function within(bytes: Uint8Array | null, maxBytes: number): Uint8Array | null {
  return bytes !== null && bytes.length > maxBytes ? null : bytes
}

function batchesOf(blobs: readonly string[], sizeOf: (blob: string) => number): string[][] {
  const batches: string[][] = []
  let room = 0
  for (const blob of blobs) {
    const size = sizeOf(blob)
    const last = batches.at(-1)
    if (last !== undefined && last.length < batchLimits.blobs && size <= room) last.push(blob)
    else {
      batches.push([blob])
      room = batchLimits.bytes
    }
    room -= size
  }
  return batches
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(items.slice(start, start + atOnce).map(work))
  }
}
