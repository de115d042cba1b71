import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import { describeError } from './plugins/describe-error.ts'
import { serverVersion } from './server-version.ts'

/** The server's log: JSON lines. Errors appear by name, code and frames, since a message can quote source text. */
export function createLog(level: string, destination?: DestinationStream): FastifyBaseLogger {
  const options = {
    level,
    base: { version: serverVersion },
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
