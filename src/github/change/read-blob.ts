import { ReviewError } from '../../errors.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { translating } from '../client/translate-error.ts'
import { readContents } from './github-tree.ts'
import type { LocalGit } from './local-git.ts'

export interface BlobPlace {
  readonly octokit: Octokit
  readonly repository: RepositoryName
  /** A checkout beside the run, asked before GitHub; null where there is none. */
  readonly localGit: LocalGit | null
}

/** Bytes of one blob, from the checkout or in one request; null beyond `maxBytes`. */
export async function readBlob(place: BlobPlace, sha: string, maxBytes: number): Promise<Uint8Array | null> {
  const local = (await place.localGit?.blobs([sha], maxBytes))?.get(sha)
  if (local === 'too-large') return null
  return local ?? fetchBlob(place, sha, maxBytes)
}

/** The same from GitHub alone. */
export function fetchBlob(
  { octokit, repository }: Pick<BlobPlace, 'octokit' | 'repository'>,
  sha: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  return translating(readContents, async () => {
    const { data } = await octokit.rest.git.getBlob({
      owner: repository.owner,
      repo: repository.name,
      file_sha: sha,
    })
    if (data.encoding !== 'base64') {
      throw new ReviewError('github-rejected', 'GitHub sent a file in an encoding that was not asked for.', {
        hint: 'Run the job again; report it with the version of your GitHub server if it stays so.',
      })
    }
    const bytes = Buffer.from(data.content, 'base64')
    return bytes.length > maxBytes ? null : bytes
  })
}

/** Text of UTF-8 bytes without a byte order mark; null for anything else, and for text that holds a NUL. */
export function decodeText(bytes: Uint8Array | null): string | null {
  if (bytes === null || bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
