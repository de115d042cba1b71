import { expect, test } from 'vitest'
import type { LimitForm } from '../../support/github/secondary-limits.ts'
import { startGitHub } from '../../support/github/start-github.ts'

const forms: readonly (readonly [LimitForm, number])[] = [
  ['forbidden', 403],
  ['too-many-requests', 429],
  ['abuse', 422],
]

test.each(forms)('the limit of content writes, told as %s', async (form, status) => {
  await using github = await startGitHub({ limits: { form, contentPerMinute: 2 } })
  const repository = await github.repository()
  const pull = await repository.openPullRequest()
  const url = `${github.url}/repos/${repository.fullName}/issues/${pull.number}/comments`
  const headers = { authorization: `token ${github.token()}` }
  const say = () => fetch(url, { method: 'POST', headers, body: JSON.stringify({ body: 'Hello.' }) })
  expect((await say()).status).toBe(201)
  expect((await say()).status).toBe(201)
  const refused = await say()
  expect(refused.status).toBe(status)
  expect(await refused.text()).toMatch(/secondary rate limit|too quickly/)
  // Reading goes on.
  expect((await fetch(url, { headers })).status).toBe(200)
  expect(pull.conversation()).toHaveLength(2)
})

test('the limit of points: a read costs one', async () => {
  await using github = await startGitHub({ limits: { pointsPerMinute: 3, retryAfterSeconds: 7 } })
  const repository = await github.repository()
  const read = () =>
    fetch(`${github.url}/repos/${repository.fullName}`, {
      headers: { authorization: `token ${github.token()}` },
    })
  expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([200, 200, 200])
  const refused = await read()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '7'])
})
