import { Octokit } from '@octokit/rest'
import { expect, test } from 'vitest'
import { type NewToken, startGitHub } from '../../support/github/start-github.ts'

const threadsQuery = `
  query ($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) {
        headRefOid
        reviewThreads(first: 50) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            id isResolved isOutdated line originalLine path diffSide
            comments(first: 10) { nodes { id databaseId body author { login } } }
          }
        }
      }
    }
  }`

async function aScene() {
  const github = await startGitHub()
  const repository = await github.repository()
  const pull = await repository.openPullRequest({ files: { 'a.txt': 'one\ntwo\n' } })
  await pull.addReviewComment('maintainer', { path: 'a.txt', side: 'RIGHT', line: 2 }, 'Why?')
  const octokitFor = (token: NewToken) => new Octokit({ baseUrl: github.url, auth: github.token(token) })
  const variables = { owner: 'acme', name: repository.state.name, number: pull.number }
  return {
    github,
    repository,
    pull,
    octokitFor,
    variables,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

interface Threads {
  readonly repository: {
    readonly pullRequest: { readonly reviewThreads: { readonly nodes: { readonly id: string }[] } }
  }
}

test('threads are resolved with the right to write contents, and only with it', async () => {
  await using scene = await aScene()
  const octokit = scene.octokitFor({})
  const found = await octokit.graphql<Threads>(threadsQuery, scene.variables)
  expect(found).toMatchObject({
    repository: {
      pullRequest: {
        reviewThreads: {
          totalCount: 1,
          nodes: [
            {
              isResolved: false,
              isOutdated: false,
              line: 2,
              path: 'a.txt',
              diffSide: 'RIGHT',
              comments: { nodes: [{ body: 'Why?', author: { login: 'maintainer' } }] },
            },
          ],
        },
      },
    },
  })
  const id = found.repository.pullRequest.reviewThreads.nodes[0]?.id
  const resolve =
    'mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }'
  await expect(octokit.graphql(resolve, { id })).rejects.toThrow('Resource not accessible by integration')
  const writer = scene.octokitFor({ permissions: { contents: 'write', 'pull-requests': 'write' } })
  const resolved = await writer.graphql(resolve, { id })
  expect(resolved).toEqual({ resolveReviewThread: { thread: { isResolved: true } } })
  expect(scene.pull.comments()).toMatchObject([{ isResolved: true }])
})

test('a changed line makes its thread outdated', async () => {
  await using scene = await aScene()
  await scene.repository.push(scene.pull, { 'a.txt': 'one\nTWO\n' })
  const found = await scene.octokitFor({}).graphql(threadsQuery, scene.variables)
  expect(found).toMatchObject({
    repository: {
      pullRequest: { reviewThreads: { nodes: [{ isOutdated: true, line: null, originalLine: 2 }] } },
    },
  })
})

test('answers in a thread and hidden comments stay', async () => {
  await using scene = await aScene()
  const octokit = scene.octokitFor({})
  const [thread] = scene.pull.threads()
  const reply = `mutation ($id: ID!) {
    addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $id, body: "Because." }) { comment { id body } }
  }`
  await octokit.graphql(reply, { id: `PRRT_${thread?.id}` })
  expect(scene.pull.comments().map(({ body }) => body)).toEqual(['Why?', 'Because.'])
  const minimize = `mutation ($id: ID!) {
    minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } }
  }`
  const hidden = await octokit.graphql(minimize, { id: `PRRC_${thread?.comments[1]?.id}` })
  expect(hidden).toEqual({
    minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } },
  })
})

test('a query that the schema forbids is a violation, and so is a connection without bounds', async () => {
  await using scene = await aScene()
  const octokit = scene.octokitFor({})
  const wrongField = octokit.graphql(
    '{ repository(owner: "acme", name: "x") { pullRequests(first: 1) { nope } } }',
  )
  await expect(wrongField).rejects.toThrow('Cannot query field "nope"')
  const unbounded = octokit.graphql(threadsQuery.replace('(first: 50)', ''), scene.variables)
  await expect(unbounded).rejects.toThrow('You must provide a `first` or `last` value')
  expect(scene.github.violations.splice(0)).toHaveLength(2)
})
