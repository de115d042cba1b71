import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactSecrets } from '../../../src/review/redact.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'

// Put together at run time, so that scanners of this repository find nothing.
const join = (...parts: string[]) => parts.join('')
const secrets: Readonly<Record<string, string>> = {
  'GitHub token': join('gh', 'p_', 'aB3'.repeat(12)),
  'GitHub user token': join('gh', 'u_', 'aB3'.repeat(12)),
  'GitHub fine-grained token': join('github', '_pat_', '11ABCDE_'.repeat(9)),
  'GitLab token': join('glp', 'at-', 'aB3'.repeat(8)),
  'AWS key id': join('AK', 'IA', 'Q7ZL'.repeat(4)),
  'Slack token': join('xo', 'xb-', '123456789012-abcdefGHIJ'),
  'Slack hook': join('hooks.slack', '.com/services/', 'T00000000/B00000000/abcdefghijkl'),
  JWT: join('ey', 'JhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0.', 'abc-DEF_123'),
  'Google key': join('AI', 'za', 'a'.repeat(35)),
  'Stripe key': join('sk', '_live_', 'a1B2'.repeat(6)),
  'npm token': join('np', 'm_', 'a1B2'.repeat(9)),
  'Hugging Face token': join('h', 'f_', 'aB3'.repeat(11)),
  'private key': join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\nabc\n-----END RSA ', 'PRIVATE KEY-----'),
  'cut private key': join('-----BEGIN ', 'PRIVATE KEY-----\nMIIEabc'),
}

describe('redaction', () => {
  it.each(Object.entries(secrets))('hides a %s', (_name, secret) => {
    const redacted = redactSecrets(`before ${secret}`)
    expect(redacted).toBe(secret.startsWith('-----') ? 'before [redacted]' : redacted)
    expect(redacted).toContain('[redacted]')
    expect(redacted).not.toContain(secret.slice(-8))
  })

  it('hides the value of what is named a password', () => {
    expect(redactSecrets('const password = "hunter2hunter2"')).toBe('const password = "[redacted]"')
    expect(redactSecrets('url = postgres://me:s3cretpass@db/x')).toBe('url = postgres://me:[redacted]@db/x')
  })

  it.each([
    ['Authorization: Bearer ', 'a1.B2~c3+d4/e5_f6=='],
    ["'authorization': 'bearer ", 'a1B2c3D4e5F6g7H8'],
    ["setHeader('Authorization', 'token ", 'a1b2c3d4e5f6a7b8c9d0'],
    ['Proxy-Authorization: Basic ', 'dXNlcjpwYXNz'],
    ['curl -H "X-Upstream: Bearer ', 'opaque_a1B2-c3D4e5F6g7'],
  ])('hides what a header is sent with after %j', (before, value) => {
    expect(redactSecrets(`${before}${value}" is sent`)).toBe(`${before}[redacted]" is sent`)
  })

  it.each([
    'Bearer token is missing',
    'Authorization: Bearer <token>',
    'Authorization: Bearer $TOKEN_OF_THE_CALLER_2',
    'Authorization: Bearer accessTokenOfTheCaller',
    'Authorization: Basic authentication is not enough',
    'the Authorization: token scheme of the 2 clients differs',
    'A bearer authentication-middleware-of-our-own would do',
    'The token is never checked against the password of the user.',
    'const sha = "da39a3ee5e6b4b0d3255bfef95601890afd80709"',
    'if (password === "") return',
    'https://example.org/a/b?c=d',
    'sk-learn and task-based flows',
  ])('leaves %j alone', (text) => {
    expect(redactSecrets(text)).toBe(text)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...Object.values(secrets)), (text, secret) => {
        const once = redactSecrets(`${text} ${secret} ${text}`)
        expect(redactSecrets(once)).toBe(once)
      }),
    )
  })

  it('takes linear time', () => {
    const texts = [
      '-----BEGIN PRIVATE KEY-----',
      'password="',
      'aws ',
      'eyJ'.repeat(9),
      'a://b:',
      'Authorization: Bearer ',
      'Bearer a',
    ].map((part) => part.repeat(20_000))
    texts.push(`Authorization: Bearer ${'a'.repeat(200_000)}`, `Authorization: Basic ${'aA'.repeat(100_000)}`)
    const started = performance.now()
    for (const text of texts) redactSecrets(text)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
