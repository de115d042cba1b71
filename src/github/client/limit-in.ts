import { z } from 'zod'
import { asGraphqlErrors, GraphqlErrors } from './graphql-errors.ts'
import { isGraphqlLimit, isRateLimit } from './rate-limit.ts'
import { asHttpError } from './translate-error.ts'

/** Headers of an answer by their names in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>

/** How a request ended. */
export type Attempt<T> = { readonly answer: T } | { readonly error: unknown }

const GraphqlAnswer = z.object({
  data: z.object({ errors: GraphqlErrors }),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])),
})
const FailedAnswer = z.object({ response: z.object({ headers: GraphqlAnswer.shape.headers }) })

/** The headers of an answer that is a rate limit in any of its forms; null for every other answer. */
export function limitIn(attempt: Attempt<unknown>): Headers | null {
  if ('answer' in attempt) {
    const graphql = GraphqlAnswer.safeParse(attempt.answer)
    return graphql.success && isGraphqlLimit(graphql.data.data.errors) ? graphql.data.headers : null
  }
  const graphql = asGraphqlErrors(attempt.error)
  const http = asHttpError(attempt.error)
  const isLimit = graphql === null ? http !== null && isRateLimit(http) : isGraphqlLimit(graphql)
  if (!isLimit) return null
  return FailedAnswer.safeParse(attempt.error).data?.response.headers ?? {}
}
