import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'

interface Repository {
  readonly octokit: Pick<Octokit, 'query'>
  readonly repository: RepositoryName
}

const Answer = z.object({
  repository: z.record(
    z.string(),
    z.object({ text: z.string().nullish(), isBinary: z.boolean().nullish() }).nullable(),
  ),
})

/**
 * Blobs in one request. `null` is a blob that GitHub calls binary. A blob is absent where its text is not told, or is not
 * what the name of the blob vouches for: cut, or turned into UTF-8 from something else. The whole answer is null where
 * GraphQL cannot be used.
 */
export async function queryBlobs(
  { octokit, repository }: Repository,
  blobs: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array | null> | null> {
  const names = blobs.map((_, index) => `b${index}`)
  const query = `query ($owner: String!, $name: String!, ${names.map((name) => `$${name}: GitObjectID!`).join(', ')}) {
    repository(owner: $owner, name: $name) { ${names.map((name) => `${name}: object(oid: $${name}) { ...content }`).join(' ')} }
  }
  fragment content on Blob { text isBinary }`
  const variables = Object.fromEntries(names.map((name, index) => [name, blobs[index]]))
  try {
    const { owner, name } = repository
    const answer = Answer.parse(await octokit.query(query, { owner, name, ...variables }))
    const contents = new Map<string, Uint8Array | null>()
    for (const [index, blob] of blobs.entries()) {
      const told = answer.repository[`b${index}`]
      const bytes = Buffer.from(told?.text ?? '')
      if (told?.isBinary === true) contents.set(blob, null)
      else if (blobName(bytes, blob.length) === blob) contents.set(blob, bytes)
    }
    return contents
  } catch {
    return null
  }
}

/** Git's name of a blob, 40 hex digits of SHA-1 or 64 of SHA-256: https://git-scm.com/docs/gitdatamodel#objects */
function blobName(bytes: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}
