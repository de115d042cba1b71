import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Finding } from '@ai-review/protocol/finding'
import type { Done } from '@ai-review/protocol/review'

interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  readonly apiKey: string
  /** How many reviews were asked for, tries included. */
  readonly asked: () => number
}

/** Something that listens where a model server should, and answers a review as `answer` does. */
export async function startScriptedServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<ScriptedServer> {
  let asked = 0
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      if (request.method === 'POST') asked += 1
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: 'a-key-that-is-long-enough-for-everyone-0123456789',
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const hash = '0'.repeat(64)

const done: Done = {
  complete: true,
  coverage: [],
  discarded: { disproved: 0, duplicate: 0, invalid: 0 },
  usage: {
    promptTokens: 0,
    completionTokens: 0,
    modelCalls: 0,
    cachedBatches: 0,
    batches: 0,
    engineMs: 0,
    totalMs: 0,
  },
  provenance: {
    serverVersion: '0.1.0',
    model: null,
    modelHash: null,
    adapter: null,
    promptVersion: '1',
    promptHash: hash,
    policyHash: hash,
    reviewers: ['patterns'],
  },
  notices: [],
  summarySeal: hash,
}

/** A finding in the wire's own form, whatever its line is worth. */
export function aFinding(overrides: Partial<Finding>): Finding {
  return {
    path: 'src/run.js',
    side: 'RIGHT',
    line: 2,
    category: 'security',
    severity: 'high',
    confidence: 0.9,
    title: 'Something is wrong',
    body: 'It goes wrong.',
    evidence: [],
    reviewer: 'patterns',
    identity: hash,
    seal: hash,
    ...overrides,
  }
}

/** A whole stream of a review with these findings, valid in every part. */
export function eventsWith(findings: readonly Finding[], overrides: Partial<Done> = {}): string {
  const coverage = [{ path: 'src/run.js', hunks: 1, reviewedHunks: 1 }]
  const accepted = { id: 'a-review', queue: 0, effort: 'standard', trusted: [] }
  const events = [
    ['accepted', accepted],
    ...findings.map((finding) => ['finding', finding] as const),
    ['done', { ...done, coverage, ...overrides }],
  ] as const
  return events
    .map(([event, data], index) => `id: ${index + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    .join('')
}

export function sendEvents(response: ServerResponse, events: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(events)
}
