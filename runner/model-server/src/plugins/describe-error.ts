/** What a log may hold of an error. A message can quote source text (JSON.parse does), so it is left out. */
interface ErrorDescription {
  readonly error: string
  readonly code?: string
  /** Code of what caused it: of the system, of PostgreSQL. */
  readonly causeCode?: string
  /** Frames of the stack: our own files and lines. */
  readonly at: readonly string[]
}

/** Frames that are logged of one stack. */
const frameLimit = 12

/** Name, code and stack frames of anything thrown; never its message. */
export function describeError(thrown: unknown): ErrorDescription {
  if (!(thrown instanceof Error)) return { error: typeof thrown, at: [] }
  const code = codeOf(thrown)
  const causeCode = codeOf(thrown.cause)
  return {
    error: plainName(thrown.name) ?? 'Error',
    ...(code === undefined ? {} : { code }),
    ...(causeCode === undefined ? {} : { causeCode }),
    at: framesOf(thrown),
  }
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined
  const { code } = thrown as Error & { readonly code?: unknown }
  return typeof code === 'string' ? plainName(code) : undefined
}

function framesOf(error: Error): string[] {
  // The stack starts with the message, which may hold lines that look like frames.
  const stack = (error.stack ?? '').replace(error.message, '')
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, frameLimit)
}

function plainName(text: string): string | undefined {
  return /^[\w-]{1,64}$/.test(text) ? text : undefined
}
