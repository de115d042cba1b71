import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { translating } from '../../../../src/github/client/translate-error.ts'

async function serving(answer: RequestListener) {
  const received: { method?: string | undefined; url?: string | undefined; body: string; token: unknown }[] =
    []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push({ method: request.method, url: request.url, body, token: request.headers.authorization })
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const json = { 'content-type': 'application/json' }
const ok: RequestListener = (_, response) => response.writeHead(200, json).end('{}')

function client(apiUrl: string, timeLeft: () => number = () => 60_000) {
  const octokit = createOctokit({
    apiUrl,
    token: 'ghs_token',
    signal: new AbortController().signal,
    timeLeft,
    backoffUnitMs: 1,
    isPaced: false,
  })
  const home = { owner: 'acme', repo: 'shop' }
  const doing = { doing: 'writing', permission: 'x' }
  return {
    octokit,
    read: () => translating(doing, () => octokit.rest.repos.get(home)),
    say: () =>
      translating(doing, () => octokit.rest.issues.createComment({ ...home, issue_number: 1, body: 'x' })),
    check: () =>
      translating(doing, () => octokit.rest.checks.update({ ...home, check_run_id: 1, status: 'completed' })),
    mutate: () => translating(doing, () => octokit.graphql('mutation { x }')),
    query: () => translating(doing, () => octokit.graphql('query { x }')),
  }
}

describe('the deadline', () => {
  test('lets no write start when only the time to complete the check is left', async () => {
    await using github = await serving(ok)
    const late = client(github.url, () => 5000)
    await expect(late.say()).rejects.toMatchObject({ code: 'deadline' })
    await expect(late.mutate()).rejects.toMatchObject({ code: 'deadline' })
    expect(github.received).toEqual([])
    await late.check()
    await late.read()
    expect(github.received.map(({ method }) => method)).toEqual(['PATCH', 'GET'])
  })

  test('lets no check be completed once it has passed', async () => {
    await using github = await serving(ok)
    const late = client(github.url, () => 0)
    await expect(late.check()).rejects.toMatchObject({ code: 'deadline' })
    expect(github.received).toEqual([])
  })

  test('cuts off a write that GitHub does not answer', async () => {
    await using github = await serving(() => {})
    const slow = client(github.url, () => 6050)
    const started = Date.now()
    await expect(slow.say()).rejects.toMatchObject({ code: 'deadline' })
    expect(Date.now() - started).toBeLessThan(20_000)
    expect(github.received).toHaveLength(1)
  }, 30_000)

  test('is no matter for a read of GraphQL', async () => {
    await using github = await serving((_, response) => response.writeHead(200, json).end('{"data":{"x":1}}'))
    expect(await client(github.url, () => 5000).query()).toEqual({ x: 1 })
  })
})

describe('a redirect', () => {
  test.each([301, 302, 307, 308])(
    'of %j is followed on the same host, as the request was',
    async (status) => {
      await using github = await serving(({ url }, response) => {
        if (url?.startsWith('/repos/') === true)
          response.writeHead(status, { location: '/repositories/7' }).end()
        else response.writeHead(201, json).end('{}')
      })
      await client(github.url).say()
      expect(github.received).toMatchObject([
        { method: 'POST', body: '{"body":"x"}' },
        { method: 'POST', url: '/repositories/7', body: '{"body":"x"}', token: 'token ghs_token' },
      ])
    },
  )

  test('to another host is an error, and that host sees nothing', async () => {
    await using other = await serving(ok)
    await using github = await serving((_, response) =>
      response.writeHead(301, { location: `${other.url}/repos` }).end(),
    )
    await expect(client(github.url).read()).rejects.toMatchObject({ code: 'github-rejected' })
    await expect(client(github.url).say()).rejects.toMatchObject({ code: 'github-rejected' })
    expect(other.received).toEqual([])
  })

  test('that never ends is an error', async () => {
    await using github = await serving(({ url }, response) =>
      response.writeHead(307, { location: url }).end(),
    )
    await expect(client(github.url).say()).rejects.toMatchObject({ code: 'github-rejected' })
    expect(github.received.length).toBeLessThan(10)
  })
})

test('an answer that breaks off in the middle is an unclear one', async () => {
  await using github = await serving((_, response) => {
    response.writeHead(200, { ...json, 'content-length': '100' })
    response.write('{"id":1')
    setTimeout(() => response.destroy(), 20)
  })
  await expect(client(github.url).say()).rejects.toMatchObject({ code: 'github-unavailable' })
})

test('every request that goes out is counted', async () => {
  let answers = 0
  await using github = await serving((_, response) =>
    response.writeHead(++answers === 1 ? 502 : 200, json).end('{}'),
  )
  const { octokit, read, say } = client(github.url)
  await read()
  await say()
  expect(octokit.requestCount()).toBe(3)
})
