import { z } from 'zod'
import { numbered, type PullRequestName } from '../client/address.ts'
import { isByViewer } from '../client/is-by-viewer.ts'
import { isWithoutGraphql } from '../client/is-without-graphql.ts'
import type { Octokit } from '../client/octokit.ts'
import { pagesOf } from '../client/pages-of.ts'

/** Where a remark of ours would stand: the conversation of a pull request, or the thread of its comment `root`. */
export interface RemarkPlace extends PullRequestName {
  readonly octokit: Octokit
  readonly root?: number
}

const ListedRemark = z.object({
  id: z.int(),
  node_id: z.string(),
  body: z.string().nullish(),
  in_reply_to_id: z.int().nullish(),
})
type ListedRemark = z.infer<typeof ListedRemark>

const Author = z.object({ __typename: z.string(), login: z.string() })
const Authorship = z.object({
  viewer: z.object({ login: z.string() }),
  nodes: z.array(z.object({ viewerDidAuthor: z.boolean(), author: Author.nullable() }).partial().nullable()),
})
const authorshipQuery = `query ($ids: [ID!]!) {
  viewer { login }
  nodes(ids: $ids) { ... on Comment { viewerDidAuthor author { __typename login } } }
}`

/** Pages of 100, the newest first: beyond 3,000 comments an old remark may be said again. */
const maxPages = 30

/**
 * True where a comment of this token's account holds `once`. One that another account copied does not count;
 * where GitHub does not say whose it is, it counts, as saying nothing is better than saying it twice.
 */
export async function findRemark(place: RemarkPlace, once: string): Promise<boolean> {
  return (await findRemarkId(place, once)) !== null
}

/** The number of that comment; null where there is none. */
export async function findRemarkId(place: RemarkPlace, once: string): Promise<number | null> {
  const pages = place.root === undefined ? conversationPages(place) : threadPages(place)
  for await (const page of pages) {
    const holding = page.filter(({ body }) => body?.includes(once))
    const ours = holding.length === 0 ? undefined : await oursAmong(place.octokit, holding)
    if (ours !== undefined) return ours.id
  }
  return null
}

async function oursAmong(
  octokit: Octokit,
  holding: readonly ListedRemark[],
): Promise<ListedRemark | undefined> {
  try {
    const ids = holding.map(({ node_id }) => node_id)
    const { nodes, viewer } = Authorship.parse(await octokit.query(authorshipQuery, { ids }))
    return holding.find((_, index) => {
      const { viewerDidAuthor = true, author = null } = nodes[index] ?? {}
      return isByViewer({ viewerDidAuthor, author }, viewer.login)
    })
  } catch (error) {
    if (!isWithoutGraphql(error)) throw error
    return holding[0]
  }
}

/** The listing is ascending and knows no other order, so its last page is asked for by number. */
async function* conversationPages({
  octokit,
  repository,
  number,
}: RemarkPlace): AsyncGenerator<ListedRemark[]> {
  const ask = (page: number) =>
    octokit.rest.issues.listComments({
      owner: repository.owner,
      repo: repository.name,
      issue_number: number,
      per_page: 100,
      page,
    })
  const first = await ask(1)
  const last = lastPage(first.headers.link)
  for (let page = last; page > Math.max(1, last - maxPages); page--) {
    yield z.array(ListedRemark).parse((await ask(page)).data)
  }
  yield z.array(ListedRemark).parse(first.data)
}

function lastPage(link: string | undefined): number {
  const found = /[?&]page=(\d{1,6})[^>]*>; rel="last"/.exec(link ?? '')
  return found === null ? 1 : Number(found[1])
}

async function* threadPages({ octokit, root, ...pullRequest }: RemarkPlace): AsyncGenerator<ListedRemark[]> {
  const query = { ...numbered(pullRequest), sort: 'created', direction: 'desc' } as const
  const fetchPage = (page: { per_page: number; page: number }) =>
    octokit.rest.pulls.listReviewComments({ ...query, ...page })
  for await (const rows of pagesOf(fetchPage, maxPages)) {
    const remarks = z.array(ListedRemark).parse(rows)
    yield remarks.filter(({ in_reply_to_id }) => in_reply_to_id === root)
  }
}
