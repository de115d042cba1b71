import { expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { translating } from '../../../../src/github/client/translate-error.ts'
import { type Fault, secondaryLimit } from '../../../support/github/faults.ts'
import type { Json } from '../../../support/github/json.ts'
import { startGitHub } from '../../../support/github/start-github.ts'

const operation = { doing: 'writing', permission: 'checks: write' }
const now = () => Math.floor(Date.now() / 1000)
const mutation =
  'mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }'

async function scene(wanted: { timeLeft?: () => number; secondMs?: number } = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ name: 'shop', files: { 'src/app.ts': '' } })
  const pull = await repository.openPullRequest({ files: { 'src/app.ts': 'one\n' } })
  const octokit = createOctokit({
    apiUrl: github.url,
    token: github.token({ permissions: { contents: 'write', 'pull-requests': 'write', checks: 'write' } }),
    signal: new AbortController().signal,
    timeLeft: wanted.timeLeft ?? (() => 900_000),
    backoffUnitMs: wanted.secondMs ?? 1,
    isPaced: false,
  })
  const check = { owner: 'acme', repo: 'shop', name: 'ai-review', head_sha: pull.head }
  const write = () => translating(operation, async () => void (await octokit.rest.checks.create(check)))
  return { github, pull, octokit, write, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

const abuse: Json = {
  message: 'Validation Failed',
  errors: [{ resource: 'CheckRun', field: 'base', code: 'abuse' }],
}
const spam: Json = { message: 'Validation Failed', errors: ['was submitted too quickly'] }
const forms: readonly [string, Fault][] = [
  ['403 with a time to wait', secondaryLimit(2)],
  ['429 with a time to wait', secondaryLimit(2, 429)],
  ['403 without any time', { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }],
  ['422 with the code abuse', { status: 422, body: abuse }],
  ['422 for what was submitted too quickly', { status: 422, body: spam }],
  [
    '403 with the time at which the hour ends',
    {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now() + 2) },
      body: { message: 'API rate limit exceeded for installation ID 1.' },
    },
  ],
]

test.each(forms)('a limit told as %s is waited out', async (_, fault) => {
  await using stage = await scene()
  stage.github.inject({ method: 'POST', path: /check-runs$/, times: 2, fault })
  await stage.write()
  expect(stage.pull.checkRuns()).toHaveLength(1)
})

test.each(forms.slice(0, 5))(
  'a limit told as %s that outlasts the deadline is told at once',
  async (_, fault) => {
    await using stage = await scene({ timeLeft: () => 1500 })
    stage.github.inject({ method: 'POST', path: /check-runs$/, times: 9, fault })
    await expect(stage.write()).rejects.toMatchObject({ code: 'github-rate-limited', retryable: true })
    expect(stage.github.requests).toHaveLength(1)
  },
)

test('a limit without a time is waited for twice as long each time', async () => {
  const left = { ms: 200_000 }
  await using stage = await scene({ timeLeft: () => left.ms })
  const fault = { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } } as const
  stage.github.inject({ method: 'POST', path: /check-runs$/, times: 9, fault })
  // 60 and 120 seconds fit into 200, 240 do not.
  await expect(stage.write()).rejects.toMatchObject({ code: 'github-rate-limited' })
  expect(stage.github.requests).toHaveLength(3)
})

test.each([
  ['RATE_LIMITED', 'API rate limit exceeded'],
  ['UNPROCESSABLE', 'was submitted too quickly'],
])('GraphQL tells a limit as %s with status 200: waited out, else told', async (type, message) => {
  await using stage = await scene()
  const { id } = await stage.pull.addReviewComment('bot', { path: 'src/app.ts', side: 'RIGHT', line: 1 }, 'x')
  const body = { data: null, errors: [{ type, message }] }
  const resolve = () => translating(operation, () => stage.octokit.graphql(mutation, { id: `PRRT_${id}` }))
  stage.github.inject({ path: /graphql$/, fault: { status: 200, body } })
  await resolve()
  expect(stage.pull.threads()[0]?.resolvedBy).not.toBeNull()
  stage.github.inject({ path: /graphql$/, times: 9, fault: { status: 200, body } })
  await expect(resolve()).rejects.toMatchObject({ code: 'github-rate-limited' })
})

test('a question that is too much for GraphQL is not asked again: no time makes it smaller', async () => {
  await using stage = await scene()
  const body = { data: null, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much.' }] }
  stage.github.inject({ path: /graphql$/, fault: { status: 200, body } })
  const asked = translating(operation, () => stage.octokit.query('{ viewer { login } }'))
  await expect(asked).rejects.toMatchObject({ code: 'github-unavailable' })
  expect(stage.octokit.requestCount()).toBe(1)
})

test('the limits of GraphQL are known under the address of an Enterprise Server as well', async () => {
  await using github = await startGitHub({ apiPrefix: '/api/v3' })
  const octokit = createOctokit({
    apiUrl: github.url,
    token: github.token(),
    signal: new AbortController().signal,
    timeLeft: () => 900_000,
    backoffUnitMs: 1,
    isPaced: false,
  })
  const body = { data: null, errors: [{ type: 'RATE_LIMITED', message: 'x' }] }
  github.inject({ path: /^\/api\/graphql$/, fault: { status: 200, body } })
  expect(await octokit.graphql('{ viewer { login } }')).toMatchObject({ viewer: {} })
  expect(octokit.requestCount()).toBe(2)
})
