import { z } from 'zod'

export const GraphqlErrors = z.array(z.object({ type: z.string().nullish(), message: z.string() })).min(1)
export type GraphqlErrors = z.infer<typeof GraphqlErrors>

/** As Octokit throws them, and as its throttling does for a limit. */
const GraphqlFailure = z.union([
  z
    .object({ name: z.literal('GraphqlResponseError'), errors: GraphqlErrors })
    .transform(({ errors }) => errors),
  z
    .object({ response: z.object({ status: z.literal(200), data: z.object({ errors: GraphqlErrors }) }) })
    .transform(({ response }) => response.data.errors),
])

/** The errors of a GraphQL answer, which come with status 200; null for any other error. */
export function asGraphqlErrors(error: unknown): GraphqlErrors | null {
  const parsed = GraphqlFailure.safeParse(error)
  return parsed.success ? parsed.data : null
}

/**
 * True where GitHub says that one question takes too much of it. That passes with no time, only with smaller questions:
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function isTooMuchAtOnce(error: unknown): boolean {
  return asGraphqlErrors(error)?.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED') ?? false
}
