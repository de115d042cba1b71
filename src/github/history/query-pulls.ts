import { z } from 'zod'
import type { RepositoryName } from '../client/address.ts'
import { Sha } from '../client/github-objects.ts'
import type { Octokit } from '../client/octokit.ts'
import { askGraphql, type GraphqlAnswer } from './ask-graphql.ts'
import { readingComments } from './comment-pages.ts'

/** How a pull request ended, as far as it has. */
export interface PullFacts {
  readonly number: number
  readonly head: string
  readonly base: string
  readonly createdAt: string
  readonly isMerged: boolean
  readonly isOpen: boolean
  /** Null once the account is gone. */
  readonly authorId: number | null
  /** Null as well where a bot opened it. */
  readonly authorLogin: string | null
}

interface AskedFacts {
  readonly pulls: ReadonlyMap<number, PullFacts>
  /** Of these comments nobody but their author changed a word. */
  readonly unedited: ReadonlySet<string>
}

const mostAtOnce = 100
const Account = z.object({ databaseId: z.int().nullish(), login: z.string().nullish() }).nullish()
const Pull = z.object({
  number: z.int(),
  headRefOid: Sha,
  baseRefOid: Sha,
  createdAt: z.iso.datetime(),
  merged: z.boolean(),
  state: z.string(),
  author: Account,
})
const Answer = z.object({
  repository: z.record(z.string(), Pull.nullable().catch(null)).nullish(),
  nodes: z
    .array(
      z
        .object({
          id: z.string(),
          lastEditedAt: z.string().nullish(),
          author: Account,
          editor: Account,
        })
        .nullable()
        .catch(null),
    )
    .nullish(),
})
type Answer = z.infer<typeof Answer>

interface Wanted {
  readonly pulls: readonly number[]
  /** Nodes of comments that were touched after they were written. */
  readonly touched: readonly string[]
}

const pullFields =
  'fragment pull on PullRequest { number headRefOid baseRefOid createdAt merged state author { ... on User { databaseId login } } }'
const editFields =
  'fragment edit on PullRequestReviewComment { id lastEditedAt author { ... on User { databaseId } } editor { ... on User { databaseId } } }'

interface PullHost {
  readonly octokit: Octokit
  readonly repository: RepositoryName
}

/**
 * What became of pull requests, and who edited comments, 100 of each in a request, or fewer where GitHub says that this is
 * too much. What it does not tell is absent; a limit or a server that is down is a ReviewError, as what is asked for again
 * later is not lost.
 */
export async function queryPulls(host: PullHost, wanted: Wanted): Promise<AskedFacts> {
  const facts = { pulls: new Map<number, PullFacts>(), unedited: new Set<string>() }
  const rounds = Math.ceil(Math.max(wanted.pulls.length, wanted.touched.length) / mostAtOnce)
  for (let round = 0; round < rounds; round++) {
    const slice = <T>(all: readonly T[]) => all.slice(round * mostAtOnce, (round + 1) * mostAtOnce)
    const asked = { pulls: slice(wanted.pulls), touched: slice(wanted.touched) }
    const failed = await addFacts(host, asked, facts)
    // GitHub fails on parts of a large question that it answers by themselves.
    if (failed.length > 0) await addFacts(host, { pulls: failed, touched: [] }, facts)
  }
  return facts
}

interface Facts {
  readonly pulls: Map<number, PullFacts>
  readonly unedited: Set<string>
}

/** Gives back the numbers of pull requests that GitHub failed on. */
async function addFacts(host: PullHost, asked: Wanted, into: Facts): Promise<number[]> {
  const answer = await ask(host, asked)
  if (answer.kind === 'too-much') {
    if (!answer.isBySize || asked.pulls.length + asked.touched.length < 2) throw answer.error
    const [first, second] = halvesOf(asked)
    return [...(await addFacts(host, first, into)), ...(await addFacts(host, second, into))]
  }
  if (answer.kind === 'unusable') return []
  const { data, failed } = answer
  for (const [index, number] of asked.pulls.entries()) {
    const pull = data.repository?.[`p${index}`]
    if (pull && !failed.has(`p${index}`)) into.pulls.set(number, factsOf(pull))
  }
  // In the order in which they were asked for: an old number of a node is answered by a new one.
  for (const [index, node] of (data.nodes ?? []).entries()) {
    const id = asked.touched[index]
    if (id !== undefined && node !== null && isOwnText(node)) into.unedited.add(id)
  }
  return asked.pulls.filter((_, index) => failed.has(`p${index}`))
}

/** Two questions, both smaller than one for at least two things. */
function halvesOf({ pulls, touched }: Wanted): [Wanted, Wanted] {
  const [ofPulls, ofTouched] = [Math.ceil(pulls.length / 2), Math.floor(touched.length / 2)]
  return [
    { pulls: pulls.slice(0, ofPulls), touched: touched.slice(0, ofTouched) },
    { pulls: pulls.slice(ofPulls), touched: touched.slice(ofTouched) },
  ]
}

function ask({ octokit, repository }: PullHost, { pulls, touched }: Wanted): Promise<GraphqlAnswer<Answer>> {
  const names = pulls.map((_, index) => `$n${index}: Int!`)
  const aliases = pulls.map((_, index) => `p${index}: pullRequest(number: $n${index}) { ...pull }`)
  const parameters = [
    ...(pulls.length > 0 ? ['$owner: String!', '$name: String!', ...names] : []),
    ...(touched.length > 0 ? ['$ids: [ID!]!'] : []),
  ]
  const query = `query (${parameters.join(', ')}) {
    ${pulls.length > 0 ? `repository(owner: $owner, name: $name) { ${aliases.join(' ')} }` : ''}
    ${touched.length > 0 ? 'nodes(ids: $ids) { ...edit }' : ''}
  }
  ${pulls.length > 0 ? pullFields : ''} ${touched.length > 0 ? editFields : ''}`
  const variables = {
    ...(pulls.length > 0 ? { owner: repository.owner, name: repository.name } : {}),
    ...(touched.length > 0 ? { ids: [...touched] } : {}),
    ...Object.fromEntries(pulls.map((number, index) => [`n${index}`, number])),
  }
  return askGraphql(octokit, { query, variables, shape: Answer, operation: readingComments })
}

function factsOf({
  number,
  headRefOid,
  baseRefOid,
  createdAt,
  merged,
  state,
  author,
}: z.infer<typeof Pull>): PullFacts {
  return {
    number,
    head: headRefOid,
    base: baseRefOid,
    createdAt,
    isMerged: merged,
    isOpen: state === 'OPEN',
    authorId: author?.databaseId ?? null,
    authorLogin: author?.login ?? null,
  }
}

function isOwnText(node: NonNullable<NonNullable<Answer['nodes']>[number]>): boolean {
  if (node.lastEditedAt === null || node.lastEditedAt === undefined) return true
  const editor = node.editor?.databaseId ?? null
  return editor !== null && editor === node.author?.databaseId
}
