/** The model cannot be loaded as configured. The message says what happened, where, and what to change. */
export class LoadError extends Error {
  override readonly name = 'LoadError'
}
