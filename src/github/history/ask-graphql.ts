import { z } from 'zod'
import { ReviewError } from '../../errors.ts'
import { asGraphqlErrors, isTooMuchAtOnce } from '../client/graphql-errors.ts'
import { isWithoutGraphql } from '../client/is-without-graphql.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, type Operation, translateError } from '../client/translate-error.ts'

interface Question<Shape extends z.ZodType> {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly shape: Shape
  readonly operation: Operation
}

/**
 * `told`: with the names of parts that GitHub failed on; a part that it says is not there is null and not among them.
 * `too-much`: GitHub's servers fail on it, or by `isBySize` say so themselves; a smaller question may be answered.
 * `unusable`: nothing is answered here.
 */
export type GraphqlAnswer<Data> =
  | { readonly kind: 'told'; readonly data: Data; readonly failed: ReadonlySet<string> }
  | { readonly kind: 'too-much'; readonly error: ReviewError; readonly isBySize: boolean }
  | { readonly kind: 'unusable' }

/** How often a question is asked whose answer is none: cut off, or a failure of the moment. */
const mostTries = 3
const ofTheMoment = /something went wrong|tim(?:ed? ?out|eout)|internal (?:server )?error|try again/i

/** As GitHub names what it failed on: `["repository", "p3", …]`. */
const Failure = z.object({
  data: z.unknown(),
  errors: z.array(
    z.object({
      type: z.string().nullish(),
      path: z.tuple([z.string(), z.union([z.string(), z.int()])]).rest(z.unknown()),
    }),
  ),
})

/** Asks GraphQL. A limit that was not worth waiting for, and the end of the run, are thrown as ReviewErrors. */
export async function askGraphql<Shape extends z.ZodType>(
  octokit: Octokit,
  question: Question<Shape>,
): Promise<GraphqlAnswer<z.output<Shape>>> {
  for (let tries = 1; tries <= mostTries; tries++) {
    const answer = await askOnce(octokit, question)
    if (answer !== null) return answer
  }
  const { doing } = question.operation
  const error = new ReviewError('github-unavailable', `GitHub's answer was broken while ${doing}.`, {
    hint: 'Run the job again; see the status page of GitHub if it stays so.',
    retryable: true,
  })
  return { kind: 'too-much', error, isBySize: false }
}

/** Null for an answer that is worth asking for again at once. */
async function askOnce<Shape extends z.ZodType>(
  octokit: Octokit,
  { query, variables, shape, operation }: Question<Shape>,
): Promise<GraphqlAnswer<z.output<Shape>> | null> {
  try {
    const answer = shape.safeParse(await octokit.query(query, variables))
    return answer.success ? { kind: 'told', data: answer.data, failed: new Set() } : null
  } catch (error) {
    if (!isWithoutGraphql(error)) throw translateError(error, operation)
    if (isTooMuchAtOnce(error)) {
      return { kind: 'too-much', error: translateError(error, operation), isBySize: true }
    }
    return partIn(error, shape) ?? refusalIn(error, operation)
  }
}

/** What GitHub told beside its errors, where it says which parts those are of. */
function partIn<Shape extends z.ZodType>(
  error: unknown,
  shape: Shape,
): GraphqlAnswer<z.output<Shape>> | null {
  const failure = Failure.safeParse(error)
  if (!failure.success) return null
  const data = shape.safeParse(failure.data.data)
  if (!data.success) return null
  const failed = failure.data.errors.filter(({ type }) => type !== 'NOT_FOUND')
  return { kind: 'told', data: data.data, failed: new Set(failed.map(({ path }) => String(path[1]))) }
}

function refusalIn(error: unknown, operation: Operation): GraphqlAnswer<never> | null {
  const translated = translateError(error, operation)
  const errors = asGraphqlErrors(error)
  if (errors?.some(({ message }) => ofTheMoment.test(message))) return null
  const isDown = (asHttpError(error)?.status ?? 0) >= 500
  if (isDown) return { kind: 'too-much', error: translated, isBySize: false }
  if (translated.retryable) throw translated
  return { kind: 'unusable' }
}
