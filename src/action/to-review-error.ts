import { ReviewError } from '../errors.ts'

/** What to tell of an error that nobody translated: a defect of ours, whose own text may quote what it choked on. */
export function toReviewError(error: unknown): ReviewError {
  if (error instanceof ReviewError) return error
  const kind = error instanceof Error ? error.name.replace(/[^A-Za-z]/g, '') : typeof error
  return new ReviewError('internal', `An unexpected error occurred (${kind}).`, {
    hint: 'Report it with the version of the Action and this message.',
    cause: error,
  })
}
