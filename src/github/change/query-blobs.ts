import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RepositoryName } from '../client/address.ts'
import { isTooMuchAtOnce } from '../client/graphql-errors.ts'
import type { Octokit } from '../client/octokit.ts'

interface Repository {
  readonly octokit: Pick<Octokit, 'query'>
  readonly repository: RepositoryName
}

type Contents = ReadonlyMap<string, Uint8Array | null>

const Answer = z.object({
  repository: z.record(
    z.string(),
    z.object({ text: z.string().nullish(), isBinary: z.boolean().nullish() }).nullable(),
  ),
})

/**
 * Blobs in one request, or in smaller ones where GitHub says that it is too much. `null` is a blob that GitHub calls binary. A blob is absent where its text is not told, or is not
 * what the name of the blob vouches for: cut, or turned into UTF-8 from something else. The whole answer is null where
 * GraphQL cannot be used.
 */
export async function queryBlobs(host: Repository, blobs: readonly string[]): Promise<Contents | null> {
  const names = blobs.map((_, index) => `b${index}`)
  const query = `query ($owner: String!, $name: String!, ${names.map((name) => `$${name}: GitObjectID!`).join(', ')}) {
    repository(owner: $owner, name: $name) { ${names.map((name) => `${name}: object(oid: $${name}) { ...content }`).join(' ')} }
  }
  fragment content on Blob { text isBinary }`
  const variables = Object.fromEntries(names.map((name, index) => [name, blobs[index]]))
  try {
    const { owner, name } = host.repository
    const answer = Answer.parse(await host.octokit.query(query, { owner, name, ...variables }))
    const contents = new Map<string, Uint8Array | null>()
    for (const [index, blob] of blobs.entries()) {
      const told = answer.repository[`b${index}`]
      const bytes = Buffer.from(told?.text ?? '')
      if (told?.isBinary === true) contents.set(blob, null)
      else if (blobName(bytes, blob.length) === blob) contents.set(blob, bytes)
    }
    return contents
  } catch (error) {
    return isTooMuchAtOnce(error) && blobs.length > 1 ? queryHalves(host, blobs) : null
  }
}

async function queryHalves(host: Repository, blobs: readonly string[]): Promise<Contents | null> {
  const half = Math.ceil(blobs.length / 2)
  const first = await queryBlobs(host, blobs.slice(0, half))
  const second = first && (await queryBlobs(host, blobs.slice(half)))
  return second && new Map([...first, ...second])
}

/** Git's name of a blob, 40 hex digits of SHA-1 or 64 of SHA-256: https://git-scm.com/docs/gitdatamodel#objects */
function blobName(bytes: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}
