import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchCommentPage } from '../../../../src/github/history/comment-pages.ts'
import { createRequestBudget } from '../../../../src/github/history/request-budget.ts'
import {
  collect,
  historyOf,
  nothingCollected,
  octokitOf,
  sorted,
} from '../../../support/github/read-history.ts'
import { type StandInGithub, startGitHub } from '../../../support/github/start-github.ts'
import { userOf } from '../../../support/github/state.ts'

const listing = /\/pulls\/comments$/
const path = 'src/app.ts'

describe('a listing that GitHub tells badly', () => {
  let github: StandInGithub
  beforeAll(async () => {
    github = await startGitHub()
    const repository = await github.repository({ name: 'shop', files: { [path]: 'one\n' } })
    const pull = await repository.openPullRequest({ files: { [path]: 'two\n' } })
    for (let index = 0; index < 250; index++)
      await pull.addReviewComment('lead', { path, side: 'RIGHT', line: 1 }, `Why is it so, number ${index}?`)
  })
  afterAll(() => github[Symbol.asyncDispose]())

  async function read(mostRequests = 900) {
    const lead = userOf(github.world, 'lead')
    const into = nothingCollected()
    const reading = { apiUrl: github.url, token: github.token(), gitDirectory: null, mostRequests }
    for await (const piece of historyOf(reading).read({ id: lead.id, login: lead.login }, ''))
      collect(into, piece)
    return sorted(into).comments
  }

  test.each([
    ['an object', { message: 'Server Error' }],
    ['a text that was cut off', '[{"id":1,"body":"Wh'.repeat(10)],
  ])('is asked for again where a page is %s', async (_, body) => {
    const before = github.struck
    github.inject({ path: listing, skip: 1, fault: { status: 200, body } })
    expect(await read()).toHaveLength(250)
    expect(github.struck).toBe(before + 1)
  })

  test('is left for later, and not passed over, where a page stays so', async () => {
    github.inject({ path: listing, skip: 1, times: 3, fault: { status: 200, body: {} } })
    await expect(read()).rejects.toMatchObject({ code: 'github-unavailable', retryable: true })
  })

  test('ends where GitHub leads no further back', async () => {
    const message = 'In order to keep the API fast for everyone, pagination is limited for this resource.'
    github.inject({ path: listing, skip: 2, fault: { status: 422, body: { message } } })
    expect(await read()).toHaveLength(200)
  })

  test('ends behind some empty pages, whatever they promise', async () => {
    const link = '<http://127.0.0.1/next>; rel="next"'
    github.inject({ path: listing, skip: 1, times: 3, fault: { status: 200, headers: { link }, body: [] } })
    expect(await read(40)).toHaveLength(100)
  })

  test('gives its pages no name that is too long to keep', async () => {
    github.inject({
      path: listing,
      fault: { status: 200, headers: { etag: `"${'e'.repeat(300)}"` }, body: [] },
    })
    const octokit = octokitOf({ apiUrl: github.url, token: github.token() })
    const budget = createRequestBudget(octokit)
    const repository = { owner: 'acme', name: 'shop' }
    const page = () => fetchCommentPage({ octokit, repository, budget }, 1)
    expect((await page()).etag).toBeNull()
    expect((await page()).etag).toMatch(/^W?\/?"/)
  })
})
