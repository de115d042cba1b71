import { z } from 'zod'
import { ReviewError } from '../../errors.ts'
import type { RepositoryName } from '../client/address.ts'
import { Sha } from '../client/github-objects.ts'
import { asGraphqlErrors } from '../client/graphql-errors.ts'
import { isWithoutGraphql } from '../client/is-without-graphql.ts'
import type { Octokit } from '../client/octokit.ts'
import { translateError } from '../client/translate-error.ts'
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
}

interface AskedFacts {
  readonly pulls: ReadonlyMap<number, PullFacts>
  /** Of these comments nobody but their author changed a word. */
  readonly unedited: ReadonlySet<string>
}

const mostAtOnce = 100
const Account = z.object({ databaseId: z.int().nullish() }).nullish()
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
  'fragment pull on PullRequest { number headRefOid baseRefOid createdAt merged state author { ... on User { databaseId } } }'
const editFields =
  'fragment edit on PullRequestReviewComment { id lastEditedAt author { ... on User { databaseId } } editor { ... on User { databaseId } } }'

/**
 * What became of pull requests, and who edited comments, 100 of each in a request. What GitHub does not tell is absent; a
 * limit or a server that is down is a ReviewError, as what is asked for again later is not lost.
 */
export async function queryPulls(
  repository: { readonly octokit: Octokit; readonly repository: RepositoryName },
  wanted: Wanted,
): Promise<AskedFacts> {
  const pulls = new Map<number, PullFacts>()
  const unedited = new Set<string>()
  const rounds = Math.ceil(Math.max(wanted.pulls.length, wanted.touched.length) / mostAtOnce)
  for (let round = 0; round < rounds; round++) {
    const slice = <T>(all: readonly T[]) => all.slice(round * mostAtOnce, (round + 1) * mostAtOnce)
    const answer = await ask(repository, { pulls: slice(wanted.pulls), touched: slice(wanted.touched) })
    for (const pull of Object.values(answer?.repository ?? {}))
      if (pull !== null) pulls.set(pull.number, factsOf(pull))
    for (const node of answer?.nodes ?? []) if (node !== null && isOwnText(node)) unedited.add(node.id)
  }
  return { pulls, unedited }
}

async function ask(
  { octokit, repository }: { readonly octokit: Octokit; readonly repository: RepositoryName },
  { pulls, touched }: Wanted,
): Promise<Answer | null> {
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
  return await answered(() => octokit.query(query, variables))
}

/** The answer, also the part that GitHub gives beside "not found"; null where GraphQL cannot be used. */
async function answered(request: () => Promise<unknown>): Promise<Answer | null> {
  try {
    return Answer.parse(await request())
  } catch (error) {
    if (!isWithoutGraphql(error)) throw translateError(error, readingComments)
    const isPartial = asGraphqlErrors(error)?.every(({ type }) => type === 'NOT_FOUND') ?? false
    if (isPartial) return Answer.safeParse(dataOf(error)).data ?? null
    const translated = translateError(error, readingComments)
    if (translated instanceof ReviewError && translated.retryable) throw translated
    return null
  }
}

function dataOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'data' in error ? error.data : null
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
  }
}

function isOwnText(node: NonNullable<NonNullable<Answer['nodes']>[number]>): boolean {
  if (node.lastEditedAt === null || node.lastEditedAt === undefined) return true
  const editor = node.editor?.databaseId ?? null
  return editor !== null && editor === node.author?.databaseId
}
