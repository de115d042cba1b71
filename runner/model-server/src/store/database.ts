/** Rows of a query, as the database gives them. */
type Rows<Row> = readonly Row[]

/** What can be asked inside and outside of a transaction. Values are always parameters, never part of the SQL. */
export interface Queries {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Rows<Row>>
  /** Several statements without values: migrations. */
  script(sql: string): Promise<void>
}

/** PGlite or PostgreSQL, told apart by nobody. Every failure is a {@link StoreError}. */
export interface Database extends Queries, AsyncDisposable {
  readonly kind: 'pglite' | 'postgres'
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>
  /** Gives space back where the database does not do so by itself. */
  tidy(): Promise<void>
  /** Takes what was deleted out of the files as far as the database can. */
  erase(): Promise<void>
}

/** `in-use`: another server holds the directory; `unavailable`: no answer, no space, no permission; `incompatible`: the tables are not ours to use. */
type StoreErrorCode = 'in-use' | 'unavailable' | 'incompatible'

/** Its message is our own and names what to change; what the database said may quote values, so it is only the cause. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
