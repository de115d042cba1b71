import { describe, expect, it } from 'vitest'
import { createSecretsReviewer } from '../../../../runner/model-server/src/review/reviewers/secrets/secrets-reviewer.ts'
import { aChangedFile, aHunk, aReviewRequest } from '../../../support/review-request.ts'
import { aReviewerContext } from '../../../support/reviewer-context.ts'

const reviewer = createSecretsReviewer()
const alphanumeric = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const hex = '0123456789abcdef'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A made-up value, always the same, put together here so that no file holds anything in the shape of a secret. */
function madeUp(length: number, alphabet = alphanumeric): string {
  let state = length * 7919
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return alphabet[(state >> 8) % alphabet.length] ?? ''
  }
  return Array.from({ length }, next).join('')
}
const joined = (...parts: readonly string[]) => parts.join('')

const review = (lines: readonly string[], path = 'src/settings.ts') =>
  reviewer.review(
    aReviewRequest([
      aChangedFile(
        lines.map((line) => `+${line}`),
        { path },
      ),
    ]),
    aReviewerContext(),
  )

const key = joined('-----BEGIN RSA ', 'PRIVATE', ' KEY-----')
const secrets: Readonly<Record<string, string>> = {
  'an AWS key id': joined('AK', 'IA', madeUp(16, base32)),
  'an AWS secret key': `aws_secret_access_key = "${madeUp(40)}"`,
  'a GitHub token': joined('gh', 'p_', madeUp(36)),
  'a fine-grained GitHub token': joined('github', '_pat_', madeUp(22), '_', madeUp(59)),
  'a GitLab token': joined('gl', 'pat-', madeUp(20)),
  'a Slack token': joined('xo', 'xb-', madeUp(12, '123456789'), '-', madeUp(24)),
  'an npm token': joined('np', 'm_', madeUp(36)),
  'a SendGrid key': joined('S', 'G.', madeUp(22), '.', madeUp(43)),
  'a Stripe key': joined('sk', '_live_', madeUp(24)),
  'an OpenAI key': joined('sk', '-', madeUp(20), 'T3Blbk', 'FJ', madeUp(20)),
  'an OpenAI-shaped key': joined('sk', '-proj-', madeUp(64)),
  'a Google key': joined('AI', 'za', madeUp(35)),
  'a signed token': joined('ey', 'JhbGciOiJIUzI1NiJ9.ey', 'J', madeUp(40), '.', madeUp(43)),
  'an Azure key': joined('DefaultEndpointsProtocol=https;Account', 'Key=', madeUp(86), '=='),
  'a PyPI token': joined('py', 'pi-AgE', madeUp(90)),
  'a DigitalOcean token': joined('do', 'p_v1_', madeUp(64, hex)),
  'a Hugging Face token': joined('h', 'f_', madeUp(34)),
  'a Telegram token': joined(madeUp(10, '123456789'), ':A', 'A', madeUp(33)),
  'a Discord webhook': joined(
    'https://discord.com/api/web',
    'hooks/',
    madeUp(18, '123456789'),
    '/',
    madeUp(68),
  ),
  'a PostgreSQL address': joined('postgres://shop:', madeUp(14), '@db.internal:5432/shop'),
  'a Redis address': joined('redis://:', madeUp(14), '@cache.internal:6379'),
  'an address with a password': joined('https://shop:', madeUp(14), '@registry.internal.net/x'),
  'a bearer token': joined('Bear', 'er ', madeUp(40)),
}

describe('the secrets reviewer', () => {
  it.each(Object.entries(secrets))('finds %s and never repeats it', async (_name, value) => {
    const { candidates } = await review(['const a = 1', `const value = "${value}"`, 'const b = 2'])
    expect(candidates).toMatchObject([{ line: 2, side: 'RIGHT', category: 'security', reviewer: 'secrets' }])
    expect(['critical', 'high']).toContain(candidates[0]?.severity)
    expect(candidates[0]).not.toHaveProperty('suggestion')
    const told = JSON.stringify(candidates)
    for (let at = 0; at + 8 <= value.length; at += 1) expect(told).not.toContain(value.slice(at, at + 8))
  })

  it('finds a private key at its first line', async () => {
    const lines = [key, madeUp(64), madeUp(63), joined('-----END RSA ', 'PRIVATE', ' KEY-----')]
    const { candidates } = await review(['const key = `', ...lines, '`'])
    expect(candidates).toMatchObject([
      { line: 2, severity: 'critical', title: 'A private key is in the source' },
    ])
    const escaped = await review([`"private_key": "${key}\\n${madeUp(64)}\\n"`])
    expect(escaped.candidates).toHaveLength(1)
  })

  it.each([
    ['src/a.ts', `const dbPassword = '${joined('k7', '#mQ', '9vLp2')}'`],
    ['src/a.py', `API_KEY = "${madeUp(32)}"`],
    ['src/a.py', `config["client_secret"] = "${madeUp(40)}"`],
    ['src/A.java', `private static final String AUTH_TOKEN = "${madeUp(28)}";`],
    ['src/a.go', `secretKey := "${madeUp(32)}"`],
    ['deploy/.env', `DB_PASSWORD=${joined('k7', 'mQ', '9vLp2')}`],
    ['deploy/app.yml', `  api-key: ${madeUp(32)}`],
    ['app.properties', `spring.datasource.password=${joined('k7', '!mQ', '9vLp2')}`],
  ])('finds a value that a name gives away in %s', async (path, line) => {
    const { candidates } = await review([line], path)
    expect(candidates).toMatchObject([{ line: 1, title: 'A password or key is in the source' }])
  })

  it.each([
    'const password = process.env.DB_PASSWORD',
    'const password = "changeme123"',
    'const apiKey = "your-api-key-goes-here-1"',
    `const token = "xxxxxxxxxxxxxxxxxxxxxxxx"`,
    `const token = "\${${'TOKEN'}}-\${suffix1}"`,
    'const tokenType = "urn:ietf:params:oauth:token-type:jwt2"',
    'const passwordField = "login.form.password2"',
    'password: "Please enter your password"',
    'const secretName = "projects/shop/secrets/db-password-1"',
    'const passwordUrl = "https://shop.invalid/reset1"',
    'export const INVALID_TOKEN = "errors.auth.invalid_token_2"',
    'const token = "AKIAIOSFODNN7EXAMPLE"',
    'const url = "postgres://user:password@localhost:5432/test"',
    'const url = "https://user:pass@example.com/"',
    `const marker = "${key}"`,
    'const sha = "3f786850e387550fdab836ed7e6dc881de23001b"',
    'import { token } from "@shop/tokens"',
    'integrity: "sha512-abc123"',
    'const passwordPattern = "a7b2#c3d4e5"',
    'const token = { tokenId: "3f7868a6b2c7e387d5f1" }',
    'const risk-prone = "risk-assessment-and-mitigation-plan-for-all"',
  ])('is silent about %s', async (line) => {
    const { candidates } = await review([line, 'const b = 2'])
    expect(candidates).toEqual([])
  })

  it('looks at added lines alone', async () => {
    const line = `const a = "${secrets['a GitHub token']}"`
    const file = aChangedFile([], {
      hunks: [aHunk([` ${line}`, `-${line}`, '+const b = 1', `+${line}`], 30)],
    })
    const { candidates } = await reviewer.review(aReviewRequest([file]), aReviewerContext())
    expect(candidates.map((one) => one.line)).toEqual([32])
  })

  it('is less sure in tests and examples', async () => {
    const line = `const a = "${secrets['a GitHub token']}"`
    const [inSource, inTest] = await Promise.all([review([line]), review([line], 'test/fixtures/a.ts')])
    expect(inTest.candidates[0]?.confidence).toBeLessThan(inSource.candidates[0]?.confidence ?? 0)
  })

  it('reports a line once, and skips rules that are switched off', async () => {
    const line = `const githubToken = "${secrets['a GitHub token']}"`
    expect((await review([line])).candidates).toHaveLength(1)
    const request = aReviewRequest([aChangedFile([`+${line}`])], {
      disabledRules: ['secret-github', 'secret-assignment'],
    })
    const { candidates } = await reviewer.review(request, aReviewerContext())
    expect(candidates).toEqual([])
  })

  it('finds a secret deep inside one very long line', async () => {
    const filler = 'var a=1;'.repeat(20_000)
    const { candidates } = await review([`${filler}x="${secrets['a Google key']}"${filler}`])
    expect(candidates).toHaveLength(1)
  })

  it.each([
    'a',
    'password=',
    'eyJ',
    'redis://a:',
    '"Bearer ',
    'token: "',
    '-----BEGIN ',
    'api_key_',
    '@',
    ' ',
  ])(
    'takes no more than linear time for %j over and over',
    async (unit) => {
      const { coverage } = await review([unit.repeat(Math.ceil(400_000 / unit.length))])
      expect(coverage).toEqual([])
    },
    10_000,
  )

  it('tells what it did not reach', async () => {
    const request = aReviewRequest([aChangedFile(['+a'])])
    const late = await reviewer.review(request, aReviewerContext({ deadline: Date.now() - 1 }))
    expect(late.coverage).toMatchObject([{ path: 'src/app.ts', reviewedHunks: 0, reason: 'deadline' }])
  })
})
