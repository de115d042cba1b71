import type { GraphqlErrors } from './graphql-errors.ts'

interface LimitedAnswer {
  readonly status: number
  readonly message: string
  readonly response?:
    | {
        readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined
        readonly data?: unknown
      }
    | undefined
}

const tooQuick = /was submitted too quickly/i

/** Both limits answer 403 or 429; the secondary one was also seen as 422 with the code "abuse" or as "submitted too quickly". */
export function isRateLimit({ status, message, response }: LimitedAnswer): boolean {
  if (status === 429) return true
  const data = JSON.stringify(response?.data ?? '')
  if (status === 422) return /"code":"abuse"/.test(data) || tooQuick.test(data)
  if (status !== 403) return false
  return (
    /rate limit|abuse detection/i.test(message) ||
    String(response?.headers?.['x-ratelimit-remaining']) === '0'
  )
}

/** GraphQL tells its limits with status 200. */
export function isGraphqlLimit(errors: GraphqlErrors): boolean {
  return errors.some(({ type, message }) => type === 'RATE_LIMITED' || tooQuick.test(message))
}
