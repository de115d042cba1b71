import { getIDToken } from '@actions/core'
import { ReviewError } from '../errors.ts'
import { PassingError } from './try-again.ts'

/**
 * Asks GitHub for a token of this run that is good at the server of this address alone, afresh each time: the server takes
 * none twice. It is masked in the log. Throws a PassingError; its message may name an address, so it is not repeated.
 */
export function runTokenFor(serverUrl: string): () => Promise<string> {
  const audience = new URL(serverUrl).origin
  return async () => {
    try {
      return await getIDToken(audience)
    } catch (cause) {
      throw new PassingError(
        new ReviewError('server-unauthorized', 'GitHub gave this run no token for the model server.', {
          hint: 'Run the job again; a runner behind a proxy needs https_proxy to reach the service of tokens.',
          retryable: true,
          cause,
        }),
      )
    }
  }
}
