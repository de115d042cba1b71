import type { ModelServer, ReplyServer } from '../roles.ts'
import type { ModelServerClientOptions } from './connection.ts'
import { requestReply } from './request-reply.ts'
import { requestReview } from './request-review.ts'

/**
 * Asks a model server over HTTP for reviews and for answers in their threads. A server that is busy is asked again when
 * it says so, a stream that breaks is taken up where it broke, all of it within the request's `deadlineMs`. The same
 * review asked for twice, by this process or a later one, is one review. Redirects are not followed.
 *
 * Both throw a ReviewError: `server-unreachable`, `server-unauthorized`, `server-busy`, `server-refused`,
 * `server-answer-invalid`, `deadline`, `cancelled`, or `head-moved` when a newer head took a review's place.
 */
export function createModelServerClient(options: ModelServerClientOptions): ModelServer & ReplyServer {
  return {
    review: (request, reviewOptions) => requestReview(options, request, reviewOptions),
    reply: (request, replyOptions) => requestReply(options, request, replyOptions),
  }
}
