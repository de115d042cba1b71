import { expect, test } from 'vitest'
import { createRunTokens } from '../../runner/model-server/src/callers/run-tokens.ts'
import { readConfig } from '../../runner/model-server/src/config.ts'
import { createModelServerClient } from '../../src/model/client.ts'
import { anApiKey, aReviewRequest, GatedPipeline } from '../model-server/support/review-parts.ts'
import { startHttp } from '../model-server/support/start-http.ts'
import type { Claims } from '../support/oidc/sign-token.ts'
import { startIssuer } from '../support/oidc/start-issuer.ts'

const audience = 'http://gpu-box:8787'
const seconds = () => Math.floor(Date.now() / 1000)

/** What the client says of a server that takes tokens, and of one that takes none. */
async function failureOf(claims: Claims, takesTokens = true): Promise<unknown> {
  await using issuer = await startIssuer()
  const { oidc } = readConfig({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience, OIDC_OWNERS: '70' })
  const tokens = takesTokens && oidc ? { tokens: createRunTokens(oidc) } : {}
  await using server = await startHttp({ pipeline: new GatedPipeline(), apiKeys: [anApiKey()], ...tokens })
  const client = createModelServerClient({
    url: server.url,
    token: async () => issuer.token(audience, claims),
  })
  const options = { signal: new AbortController().signal, onProgress: () => {} }
  return await client.review(aReviewRequest(), options).catch((error: unknown) => error)
}

test.each([
  ['whose time is off', { iat: seconds() - 400, exp: seconds() - 100 }, /\b\d{3} s outside of its time/],
  ['of a stranger', { repository_owner_id: '71' }, /does not take the token/],
  ['of another repository', { repository: 'acme/api', repository_id: '8' }, /ask for this repository/],
  ['of another pull request', { ref: 'refs/pull/4/merge' }, /from a run of this event/],
])('the token of a run %s is told by what to change', async (_name, claims, message) => {
  expect(await failureOf(claims)).toMatchObject({
    code: 'server-unauthorized',
    retryable: false,
    message: expect.stringMatching(message),
  })
})

test('where a server takes no tokens at all, its settings are what to look at', async () => {
  expect(await failureOf({}, false)).toMatchObject({
    code: 'server-unauthorized',
    hint: expect.stringContaining('OIDC_AUDIENCE'),
  })
})
