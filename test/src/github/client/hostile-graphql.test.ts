import { Octokit } from '@octokit/rest'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryBlobs } from '../../../../src/github/change/query-blobs.ts'
import { readThreads } from '../../../../src/github/talk/read-threads.ts'
import type { PullRequest } from '../../../../src/roles.ts'

/** A client whose GitHub answers every query with this. */
function answering(body: string, status = 200) {
  const { graphql: query } = new Octokit({
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: {
      fetch: async () =>
        new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } }),
    },
  })
  return { query }
}

const pullRequest: PullRequest = {
  repository: { id: 1, owner: 'acme', name: 'shop', isPublic: true },
  number: 1,
  url: 'https://github.com/acme/shop/pull/1',
  title: 'x',
  state: 'open',
  isDraft: false,
  isFork: false,
  base: { sha: 'a'.repeat(40), ref: 'main' },
  head: { sha: 'b'.repeat(40), ref: 'change' },
  changedFiles: 1,
}

const comment = {
  fullDatabaseId: '4000000001',
  body: 'a remark',
  viewerDidAuthor: true,
  author: { __typename: 'Bot', login: 'github-actions' },
}
const wellFormed = {
  viewer: { login: 'github-actions[bot]' },
  repository: {
    pullRequest: {
      reviewThreads: {
        pageInfo: { hasPreviousPage: false, startCursor: 'x' },
        nodes: [
          {
            id: 'PRRT_1',
            path: 'a.ts',
            line: 2,
            isResolved: true,
            resolvedBy: { __typename: 'User', login: 'maintainer', databaseId: 2, isViewer: false },
            viewerCanResolve: false,
            viewerCanUnresolve: true,
            comments: { totalCount: 2, nodes: [comment, { ...comment, author: null }] },
          },
          null,
        ],
      },
      reviews: {
        pageInfo: { hasPreviousPage: true, startCursor: 'y' },
        nodes: [{ body: 'a summary', state: 'COMMENTED', viewerDidAuthor: true, author: comment.author }],
      },
    },
  },
  nodes: [{ id: 'PRRT_1', comments: { totalCount: 1, nodes: [comment] } }],
}

/** Every place in a value, as the keys that lead there. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((place) => [key, ...place])),
  ]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
  copy[key] = replaced(copy[key], rest, by)
  return Array.isArray(value) ? Object.values(copy) : copy
}

const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    1e300,
    [],
    {},
    [null],
    { __proto__: null },
    'x'.repeat(100_000),
    Array.from({ length: 500 }, () => comment),
  ),
)
const broken = fc
  .array(fc.tuple(fc.constantFrom(...placesIn(wellFormed)), wrong), { minLength: 1, maxLength: 3 })
  .map((changes) =>
    changes.reduce<unknown>((value, [place, by]) => {
      try {
        return replaced(value, place, by)
      } catch {
        return value
      }
    }, wellFormed),
  )

test('the well-formed answer is understood, a deleted author being a person', async () => {
  const said = await readThreads(answering(JSON.stringify({ data: wellFormed })), pullRequest, () => true)
  expect(said).toMatchObject({
    threads: [
      {
        id: 'PRRT_1',
        commentId: 4_000_000_001,
        resolvedBy: { id: 2, isUs: false, isBot: false },
        hasHumanReply: true,
        canSettle: true,
      },
    ],
    reviews: Array.from({ length: 10 }, () => ({ body: 'a summary', isOurs: true })),
  })
})

test('a thread may be settled where it is not told whether it may', async () => {
  const { pullRequest: parts } = wellFormed.repository
  const nodes = parts.reviewThreads.nodes.map(
    (thread) => thread && { ...thread, viewerCanResolve: null, viewerCanUnresolve: undefined },
  )
  const reviewThreads = { ...parts.reviewThreads, nodes }
  const data = { ...wellFormed, repository: { pullRequest: { ...parts, reviewThreads } } }
  const said = await readThreads(answering(JSON.stringify({ data })), pullRequest, () => true)
  expect(said).toMatchObject({ threads: [{ canSettle: true }] })
})

test.each(['reviews', 'reviewThreads'] as const)(
  'a part that was read to its end is not taken again with the older pages of the other: %s have more',
  async (part) => {
    const { reviews, reviewThreads } = wellFormed.repository.pullRequest
    const both = { reviews, reviewThreads }
    const ended = { hasPreviousPage: false, startCursor: null }
    const other = part === 'reviews' ? 'reviewThreads' : 'reviews'
    const parts = {
      [part]: { ...both[part], pageInfo: { hasPreviousPage: true, startCursor: 'z' } },
      [other]: { ...both[other], pageInfo: ended },
    }
    const octokit = answering(JSON.stringify({ data: { ...wellFormed, repository: { pullRequest: parts } } }))
    const said = await readThreads(octokit, pullRequest, () => true)
    const counts = { reviews: said?.reviews.length, reviewThreads: said?.threads.length }
    expect(counts).toEqual({ [part]: 10, [other]: 1 })
  },
)

test.each([
  ['is told to have written it', true, { __typename: 'User', login: 'maintainer' }, true],
  ['is the bot that wrote it', false, { __typename: 'Bot', login: 'github-actions' }, true],
  ['is another bot', false, { __typename: 'Bot', login: 'other' }, false],
  ['only has the name of a person', false, { __typename: 'User', login: 'github-actions' }, false],
  ['has written nothing that is without an author', false, null, false],
])('a comment is ours where the account of the run %s', async (...[, viewerDidAuthor, author, isOurs]) => {
  const { pullRequest: parts } = wellFormed.repository
  const nodes = [{ body: 'x', state: 'COMMENTED', viewerDidAuthor, author }]
  const reviews = { pageInfo: { hasPreviousPage: false, startCursor: null }, nodes }
  const data = { ...wellFormed, repository: { pullRequest: { ...parts, reviews } } }
  const said = await readThreads(answering(JSON.stringify({ data })), pullRequest, () => true)
  expect(said?.reviews).toEqual([{ body: 'x', isOurs }])
})

test('whatever GraphQL answers, threads are read or REST is asked instead', async () => {
  await fc.assert(
    fc.asyncProperty(broken, async (data) => {
      const said = await readThreads(answering(JSON.stringify({ data })), pullRequest, () => true)
      for (const thread of said?.threads ?? []) {
        expect(thread).toMatchObject({ id: expect.any(String), path: expect.any(String) })
        expect(Number.isSafeInteger(thread.commentId)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['', 200],
  ['{"data":', 200],
  ['<html>', 502],
  ['[]', 200],
  ['"text"', 200],
  ['{"data":null,"errors":[{"message":"x","type":"FORBIDDEN"}]}', 200],
  ['{"errors":"many"}', 200],
  ['{}', 500],
])('%j with status %d is no answer', async (body, status) => {
  const octokit = answering(body, status)
  expect(await readThreads(octokit, pullRequest, () => true)).toBeNull()
  expect(await queryBlobs({ octokit, repository: { owner: 'acme', name: 'shop' } }, [blobOfA])).toBeNull()
})

/** `printf a | git hash-object --stdin` */
const blobOfA = '2e65efe2a145dda7ee51d1741299f848e5bf752e'
/** The same in a repository of SHA-256. */
const longBlobOfA = 'eb337bcee2061c5313c9a1392116b6c76039e9e30d71467ae359b36277e17dc7'

test.each([
  ['the text that it is the name of', { text: 'a', isBinary: false }, Buffer.from('a')],
  ['nothing of a binary file', { text: null, isBinary: true }, null],
  ['no other text', { text: 'b', isBinary: false }, undefined],
  ['no text with characters put in', { text: '\uFFFD', isBinary: false }, undefined],
  ['no text that is not told', { text: null, isBinary: null }, undefined],
  ['no blob that is not there', null, undefined],
])('a blob gives %s', async (_, told, content) => {
  const octokit = answering(JSON.stringify({ data: { repository: { b0: told, b1: told } } }))
  const place = { octokit, repository: { owner: 'acme', name: 'shop' } }
  const contents = await queryBlobs(place, [blobOfA, longBlobOfA])
  expect(contents?.get(blobOfA)).toEqual(content)
  expect(contents?.get(longBlobOfA)).toEqual(content)
})

test('whatever GraphQL answers for blobs, no text is taken for one that it is not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(wrong, fc.record({ repository: wrong }), fc.record({ repository: fc.record({ b0: wrong }) })),
      async (data) => {
        const octokit = answering(JSON.stringify({ data }))
        const contents = await queryBlobs({ octokit, repository: { owner: 'acme', name: 'shop' } }, [blobOfA])
        expect(contents?.get(blobOfA) ?? Buffer.from('a')).toEqual(Buffer.from('a'))
      },
    ),
    { numRuns: 300 },
  )
})
