import { z } from 'zod'
import type { ReviewError } from '../../errors.ts'
import type { RepositoryName } from '../client/address.ts'
import type { Octokit } from '../client/octokit.ts'
import { askGraphql } from './ask-graphql.ts'

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
/** `t…` are files, `c…` their commits: a file of a commit that GitHub has no more is null as well. */
const Part = z.object({
  text: z.string().nullish(),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean().nullish(),
})
type Part = z.infer<typeof Part>
const Answer = z.object({ repository: z.record(z.string(), Part.nullable()) })

/** Files in one request: GitHub answers in ten seconds or not at all. */
const mostAtOnce = 50
/** Files that GitHub may fail on one by one, with no other answered, before it is taken to be down. */
const mostAlone = 2

interface TextHost {
  readonly octokit: Octokit
  readonly repository: RepositoryName
}

interface Told {
  readonly texts: PlacedTexts
  answers: number
  /** Files that GitHub failed on although they were asked for alone. */
  failures: number
}

/**
 * Texts at commits, in batches. A batch that GitHub's servers fail on is asked for in halves, and a file that they fail
 * on alone is left absent; where they answer nothing at all the error is the caller's, who comes back later.
 */
export async function queryTexts(host: TextHost, places: readonly TextPlace[]): Promise<PlacedTexts> {
  const told: Told = { texts: new Map(), answers: 0, failures: 0 }
  for (let start = 0; start < places.length; start += mostAtOnce) {
    const error = await askFor(host, places.slice(start, start + mostAtOnce), told)
    if (error !== null && told.answers === 0) throw error
  }
  return told.texts
}

/** Gives back why a file was not told. */
async function askFor(host: TextHost, places: readonly TextPlace[], told: Told): Promise<ReviewError | null> {
  const answer = await ask(host, places)
  if (answer.kind !== 'too-much') {
    told.answers += 1
    if (answer.kind === 'told') addTexts(told.texts, places, answer)
    return null
  }
  if (places.length > 1) {
    const half = Math.ceil(places.length / 2)
    const first = await askFor(host, places.slice(0, half), told)
    return (await askFor(host, places.slice(half), told)) ?? first
  }
  told.failures += 1
  if (told.answers === 0 && told.failures >= mostAlone) throw answer.error
  return answer.error
}

function ask({ octokit, repository }: TextHost, places: readonly TextPlace[]) {
  const commits = commitsOf(places)
  const parameters = [
    ...places.map((_, index) => `$t${index}: String!`),
    ...commits.map((_, index) => `$c${index}: GitObjectID!`),
  ]
  const parts = [
    ...places.map((_, index) => `t${index}: object(expression: $t${index}) { ...content }`),
    ...commits.map((_, index) => `c${index}: object(oid: $c${index}) { __typename }`),
  ]
  const query = `query ($owner: String!, $name: String!, ${parameters.join(', ')}) {
    repository(owner: $owner, name: $name) { ${parts.join(' ')} }
  }
  fragment content on Blob { text isBinary isTruncated }`
  const variables = {
    owner: repository.owner,
    name: repository.name,
    ...Object.fromEntries(places.map((place, index) => [`t${index}`, nameOf(place)])),
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
  }
  return askGraphql(octokit, { query, variables, shape: Answer, operation: readingTexts })
}

function commitsOf(places: readonly TextPlace[]): string[] {
  return [...new Set(places.map(({ commit }) => commit))]
}

interface Answered {
  readonly data: z.infer<typeof Answer>
  readonly failed: ReadonlySet<string>
}

function addTexts(texts: PlacedTexts, places: readonly TextPlace[], { data, failed }: Answered): void {
  const commits = new Map(commitsOf(places).map((commit, index) => [commit, data.repository[`c${index}`]]))
  for (const [index, place] of places.entries()) {
    const file = data.repository[`t${index}`]
    const isCommitThere = Boolean(commits.get(place.commit))
    if (file === undefined || failed.has(`t${index}`)) continue
    if (file === null && isCommitThere) texts.set(nameOf(place), null)
    else if (file !== null && isReadable(file)) texts.set(nameOf(place), file.text)
  }
}

function isReadable(file: Part): file is Part & { readonly text: string } {
  return file.isBinary !== true && file.isTruncated !== true && typeof file.text === 'string'
}
