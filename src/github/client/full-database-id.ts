import { z } from 'zod'

/** A number of GitHub's as GraphQL tells it, in up to 64 bits; its `databaseId` ends at 32, and comments are beyond. */
export const FullDatabaseId = z
  .union([z.string().regex(/^\d{1,16}$/), z.number()])
  .transform(Number)
  .pipe(z.int())
