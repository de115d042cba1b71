import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Finding } from '@ai-review/protocol/finding'
import type { Accepted, Done } from '@ai-review/protocol/review'
import { aFinding, eventsWith, sendEvents } from '../e2e/scripted-server.ts'
import { canary } from './hostile-set.ts'

export const hostileFile = 'src/shop.js'

/** As many lines as there may be findings, each to be remarked on. */
export function linesOfCode(count: number): string {
  return Array.from({ length: count }, (_, index) => `export const price${index} = ${index}\n`).join('')
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

function findingOf(text: string, index: number): Finding {
  return aFinding({
    path: hostileFile,
    line: index + 1,
    title: `${text.slice(0, 100).toWellFormed()} ${canary}`,
    body: `${text.slice(0, 1400).toWellFormed()}\n${canary}`,
    suggestion: text.slice(0, 3900).toWellFormed(),
    evidence: [{ kind: 'rule', reference: text.slice(0, 480).toWellFormed() }],
    identity: digest(`${index} ${text}`),
  })
}

/** One of these words everywhere in an answer where the contract leaves a text free. */
function hostileDone(texts: readonly string[]): Partial<Done> {
  const [text = ''] = texts
  return {
    complete: false,
    coverage: [
      { path: hostileFile, hunks: 1, reviewedHunks: 0, reason: 'refused' },
      ...texts.map((path) => ({ path, hunks: 1, reviewedHunks: 0, reason: 'too-large' as const })),
    ],
    notices: texts.map((one) => ({ code: one, path: one, message: `${one.slice(0, 480)} ${canary}` })),
    provenance: {
      serverVersion: text,
      model: `${text}${canary}`,
      modelHash: text,
      adapter: text,
      promptVersion: text,
      promptHash: text,
      policyHash: text,
      reviewers: [...texts],
    },
    summarySeal: text,
  }
}

function hostileAccepted(text: string): string {
  const accepted: Accepted = {
    id: text,
    queue: 0,
    effort: 'standard',
    trusted: [text],
    earlier: [{ identity: text, state: 'reread', declined: true }],
    settled: [text],
  }
  return `id: 1\nevent: accepted\ndata: ${JSON.stringify(accepted)}\n\n`
}

/** A review whose every free text is hostile, though it keeps to the contract. */
export function answerHostileReview(response: ServerResponse, texts: readonly string[]): void {
  const events = eventsWith(texts.map(findingOf), hostileDone(texts))
  const [, ...rest] = events.split('\n\n')
  response.setHeader('x-answered-by', `::error::${canary} ##[error]${canary}`)
  sendEvents(response, hostileAccepted(texts[0] ?? '') + rest.join('\n\n'))
}

/** The same in a thread: the words, the name of who wrote them. */
export function answerHostileReply(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      answer: `${text}\n${canary}`.slice(0, 4000),
      model: `${text}${canary}`,
      promptHash: text,
    }),
  )
}

export function isReply(request: IncomingMessage): boolean {
  return request.url === '/v1/replies'
}
