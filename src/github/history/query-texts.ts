import { z } from 'zod'
import type { RepositoryName } from '../client/address.ts'
import { isWithoutGraphql } from '../client/is-without-graphql.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translateError } from '../client/translate-error.ts'

/** A file at a commit. */
export interface TextPlace {
  readonly commit: string
  readonly path: string
}

/** Texts by `nameOf` a place: null where there is no such file at that commit. What nobody can tell is absent. */
export type PlacedTexts = Map<string, string | null>

export function nameOf({ commit, path }: TextPlace): string {
  return `${commit}:${path}`
}

const readingTexts = { doing: 'reading files at past commits', permission: 'contents: read' }
const Answer = z.object({
  repository: z.record(
    z.string(),
    z
      .object({
        text: z.string().nullish(),
        isBinary: z.boolean().nullish(),
        isTruncated: z.boolean().nullish(),
      })
      .nullable(),
  ),
})

/** Files in one request: GitHub answers in ten seconds or not at all. */
const mostAtOnce = 50
/** What is asked for a second time in smaller parts, because it was too much at once. */
const smallest = 6

/**
 * Texts at commits, in batches. A batch that GitHub's servers fail on is asked for in halves; where that fails as well
 * the error is the caller's, who comes back later.
 */
export async function queryTexts(
  host: { readonly octokit: Octokit; readonly repository: RepositoryName },
  places: readonly TextPlace[],
): Promise<PlacedTexts> {
  const texts: PlacedTexts = new Map()
  for (let start = 0; start < places.length; start += mostAtOnce) {
    await askFor(host, places.slice(start, start + mostAtOnce), texts)
  }
  return texts
}

async function askFor(
  host: { readonly octokit: Octokit; readonly repository: RepositoryName },
  places: readonly TextPlace[],
  into: PlacedTexts,
): Promise<void> {
  try {
    await ask(host, places, into)
  } catch (error) {
    if (!isWithoutGraphql(error)) throw translateError(error, readingTexts)
    const isTooMuch = (asHttpError(error)?.status ?? 0) >= 500
    if (isTooMuch && places.length > smallest) {
      const half = Math.ceil(places.length / 2)
      await askFor(host, places.slice(0, half), into)
      await askFor(host, places.slice(half), into)
      return
    }
    const translated = translateError(error, readingTexts)
    if (translated.retryable) throw translated
  }
}

async function ask(
  { octokit, repository }: { readonly octokit: Octokit; readonly repository: RepositoryName },
  places: readonly TextPlace[],
  into: PlacedTexts,
): Promise<void> {
  const query = `query ($owner: String!, $name: String!, ${places.map((_, index) => `$e${index}: String!`).join(', ')}) {
    repository(owner: $owner, name: $name) { ${places.map((_, index) => `t${index}: object(expression: $e${index}) { ...content }`).join(' ')} }
  }
  fragment content on Blob { text isBinary isTruncated }`
  const expressions = Object.fromEntries(places.map((place, index) => [`e${index}`, nameOf(place)]))
  const answer = await octokit.query(query, {
    owner: repository.owner,
    name: repository.name,
    ...expressions,
  })
  const { repository: told } = Answer.parse(answer)
  for (const [index, place] of places.entries()) {
    const file = told[`t${index}`]
    if (file === null) into.set(nameOf(place), null)
    else if (
      file !== undefined &&
      file.isBinary !== true &&
      file.isTruncated !== true &&
      typeof file.text === 'string'
    )
      into.set(nameOf(place), file.text)
  }
}
