import type { SamplesChunk } from '@ai-review/protocol/persona'
import { aReplyRequest, aSealedMark } from '../../support/reply-request.ts'
import { aChunk, aConsent, comments } from './persona-parts.ts'
import { aReviewRequest } from './review-parts.ts'
import { sealKey } from './start-http.ts'

interface Subject {
  readonly repository: SamplesChunk['repository']
  readonly person: SamplesChunk['person']
  /** The pull request that a request speaks of, where it speaks of one. */
  readonly pullRequest: number
}

interface AskedRoute {
  /** As the contract names it. */
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly body?: object
}

const version = 'a-0123456789ab'

/**
 * A valid request to each route that a repository is named to: `path` says whose names stand in the path, `body` whose
 * names and numbers in the body.
 */
export function routesOf({ path, body }: { readonly path: Subject; readonly body: Subject }): AskedRoute[] {
  const { repository, person, pullRequest } = body
  const about = { repository, person }
  const { repository: named, person: login } = path
  const root = `/v1/personas/${named.owner}/${named.name}/${login.login}`
  const review = aReviewRequest({ repository })
  const reply = aReplyRequest(aSealedMark(sealKey), { repository })
  const outcomes = [{ identity: 'e'.repeat(64), kind: 'declined' }]
  return [
    {
      operation: 'createReview',
      method: 'POST',
      path: '/v1/reviews',
      body: { ...review, change: { ...review.change, number: pullRequest } },
    },
    {
      operation: 'createReply',
      method: 'POST',
      path: '/v1/replies',
      body: { ...reply, change: { ...reply.change, number: pullRequest } },
    },
    {
      operation: 'sendFeedback',
      method: 'POST',
      path: '/v1/feedback',
      body: { repository, pullRequest, outcomes },
    },
    { operation: 'personaStatus', method: 'GET', path: root },
    {
      operation: 'agreeToPersona',
      method: 'PUT',
      path: `${root}/consent`,
      body: { ...about, consent: aConsent() },
    },
    {
      operation: 'uploadSamples',
      method: 'PUT',
      path: `${root}/samples`,
      body: aChunk({ ...about, comments: comments(1, 3), done: true }),
    },
    { operation: 'trainPersona', method: 'POST', path: `${root}/training`, body: { ...about, force: true } },
    { operation: 'personaTraining', method: 'GET', path: `${root}/training` },
    { operation: 'cancelTraining', method: 'DELETE', path: `${root}/training` },
    {
      operation: 'promoteVersion',
      method: 'POST',
      path: `${root}/promotion`,
      body: { ...about, to: version },
    },
    { operation: 'forgetPersona', method: 'DELETE', path: root },
  ]
}

/** Sends one of them under these credentials. */
export function askRoute(url: string, { method, path, body }: AskedRoute, authorization: string) {
  return fetch(url + path, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
