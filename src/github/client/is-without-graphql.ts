import { z } from 'zod'
import { asGraphqlErrors } from './graphql-errors.ts'
import { asHttpError } from './translate-error.ts'

/** True for an error of GitHub or an answer of another shape, but none of our own: a stop or a deadline stays one. */
export function isWithoutGraphql(error: unknown): boolean {
  return error instanceof z.ZodError || asGraphqlErrors(error) !== null || asHttpError(error) !== null
}
