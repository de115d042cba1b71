import { describe, expect, test } from 'vitest'
import { ReviewError } from '../../../../src/errors.ts'
import { translateError } from '../../../../src/github/client/translate-error.ts'

const operation = { doing: 'posting the review', permission: 'pull-requests: write' }

interface Answer {
  readonly status: number
  readonly message?: string
  readonly headers?: Record<string, string>
  readonly data?: unknown
}

function httpError({ status, message = 'canary', headers = {}, data = {} }: Answer): Error {
  return Object.assign(new Error(message), { status, response: { status, headers, data } })
}

describe('an answer of GitHub', () => {
  test.each<[Answer, string]>([
    [{ status: 401 }, 'missing-permission'],
    [{ status: 403, message: 'Resource not accessible by integration' }, 'missing-permission'],
    [{ status: 403, message: 'You have exceeded a secondary rate limit.' }, 'github-rate-limited'],
    [{ status: 403, headers: { 'x-ratelimit-remaining': '0' } }, 'github-rate-limited'],
    [{ status: 429 }, 'github-rate-limited'],
    [{ status: 422, data: { errors: [{ code: 'abuse' }] } }, 'github-rate-limited'],
    [{ status: 422 }, 'github-rejected'],
    [{ status: 404 }, 'github-not-found'],
    [{ status: 410 }, 'github-not-found'],
    [{ status: 409 }, 'github-rejected'],
    [{ status: 503 }, 'github-unavailable'],
  ])('%j is told as %s, in our own words', (answer, code) => {
    const error = translateError(httpError(answer), operation)
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.hint}`).not.toContain('canary')
    expect(error.message).toContain('posting the review')
  })
})

test('no answer at all is told as GitHub being out of reach', () => {
  const error = translateError(Object.assign(new Error('ECONNRESET'), { status: 500 }), operation)
  expect(error).toMatchObject({ code: 'github-unavailable', retryable: true })
  expect(error.message).toContain('could not be reached')
})

test('an error of ours is handed on', () => {
  const own = new ReviewError('head-moved', 'x', { hint: 'y' })
  expect(translateError(own, operation)).toBe(own)
})

test('an error of nobody is a defect', () => {
  expect(translateError(new TypeError('canary'), operation)).toMatchObject({ code: 'internal' })
})
