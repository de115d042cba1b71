import type { Git } from './run-git.ts'

const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
/** Bytes that git is asked for at once. */
const atOnce = 16_000_000

/**
 * Bytes of blobs, by two runs of git for some thousands of them; 'too-large' beyond `maxBytes`. What is not there, or is
 * no blob, is absent.
 */
export async function readBlobs(
  git: Git,
  shas: readonly string[],
  maxBytes: number,
): Promise<ReadonlyMap<string, Uint8Array | 'too-large'>> {
  const found = new Map<string, Uint8Array | 'too-large'>()
  const named = [...new Set(shas)].filter((name) => sha.test(name))
  if (named.length === 0) return found
  const listing = await git(['cat-file', '--batch-check'], linesOf(named))
  const sizes = headersIn(listing?.toString('latin1') ?? '')
  for (const [name, size] of sizes) if (size > maxBytes) found.set(name, 'too-large')
  const small = [...sizes].filter(([name]) => !found.has(name))
  for (const batch of batchesOf(small)) {
    const contents = await git(['cat-file', '--batch'], linesOf(batch))
    if (contents !== null) readContents(contents, found)
  }
  return found
}

function linesOf(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join('')
}

/** `<name> SP blob SP <size>` for each that is there: https://git-scm.com/docs/git-cat-file#_batch_output */
function headersIn(text: string): ReadonlyMap<string, number> {
  const headers = text.matchAll(/^([0-9a-f]+) blob (\d+)$/gm)
  return new Map([...headers].map(([, name = '', size]) => [name, Number(size)]))
}

function batchesOf(sizes: readonly (readonly [string, number])[]): string[][] {
  const batches: string[][] = []
  let room = 0
  for (const [name, size] of sizes) {
    if (size > room || batches.length === 0) {
      batches.push([])
      room = atOnce
    }
    batches.at(-1)?.push(name)
    room -= size
  }
  return batches
}

/** A header line, the bytes it counts, a line feed, and so on. */
function readContents(contents: Buffer, into: Map<string, Uint8Array | 'too-large'>): void {
  for (let at = 0; at < contents.length; ) {
    const end = contents.indexOf(0x0a, at)
    const [header] = headersIn(contents.toString('latin1', at, Math.max(at, end)))
    if (header === undefined) return
    const [name, size] = header
    into.set(name, contents.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
}
