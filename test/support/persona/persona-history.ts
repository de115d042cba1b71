import type { ConsentRequest, SamplesChunk } from '@ai-review/protocol/persona'
import { SamplesChunk as Chunk, type PastComment, type Silence } from '@ai-review/protocol/persona'
import { aPastComment } from './past-comment.ts'

const commit = 'a'.repeat(40)
const perPullRequest = 5

const remarks = [
  'Nit: use a const here, it is never assigned again.',
  'Why is the quantity ignored? Each order then costs the price of one piece.',
  'Please close the handle before you return.',
  'This reads one past the end, use < here.',
]
const codes = [
  'let total = price',
  'sum += order.price',
  'const file = await open(path)',
  'i <= items.length',
]

const timeOf = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 3_600_000).toISOString()

/** The n-th past comment of a person; five of them are on each pull request, an hour between two. */
export function nthComment(n: number): PastComment {
  const code = codes[n % codes.length] ?? ''
  return aPastComment({
    id: 1000 + n,
    pullRequest: 1 + Math.floor(n / perPullRequest),
    path: `src/part${n % 7}.ts`,
    line: 3,
    commit,
    at: timeOf(n),
    body: `${remarks[n % remarks.length]} (${n})`,
    hunk: `@@ -1,2 +1,3 @@\n const first = ${n}\n const second = ${n}\n+${code} // ${n}`,
    addressed: n % 3 === 0 ? 'yes' : n % 3 === 1 ? 'unknown' : 'no',
  })
}

/** The n-th hunk that the person left alone, on the pull request of the n-th comment. */
export function nthSilence(n: number): Silence {
  return {
    id: n.toString(16).padStart(32, '0'),
    pullRequest: 1 + Math.floor(n / perPullRequest),
    path: `src/part${n % 7}.ts`,
    commit,
    at: timeOf(n),
    hunk: `@@ -1,2 +1,3 @@\n const first = ${n}\n const second = ${n}\n+let quiet = ${n}`,
  }
}

export const aPersona = {
  key: { owner: 'acme', repository: 'shop', login: 'maintainer' },
  about: { repository: { id: 7, owner: 'acme', name: 'shop' }, person: { id: 11, login: 'maintainer' } },
} as const

export const aConsent: ConsentRequest = {
  ...aPersona.about,
  consent: { kind: 'comment', reference: '99', at: timeOf(0) },
}

/** A history of so many comments and silences in the chunks that the wire takes; the last one ends it. */
export function historyChunks(comments: number, silences = comments, session = 'first'): SamplesChunk[] {
  const pieces = Math.max(1, Math.ceil(Math.max(comments, silences) / 200))
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
  return range(0, pieces).map((piece) => {
    const [from, to] = [piece * 200, (piece + 1) * 200]
    return Chunk.parse({
      ...aPersona.about,
      session,
      cursor: String(piece),
      done: piece === pieces - 1,
      comments: range(from, Math.min(to, comments)).map((n) => nthComment(n)),
      silences: range(from, Math.min(to, silences)).map(nthSilence),
      colleagues: range(from, Math.min(to, comments)).map((n) => ({
        id: 50_000 + n,
        at: timeOf(n),
        body: `Looks good to me, maybe rename the thing number ${n}.`,
      })),
    })
  })
}
