import type { PastComment, Silence } from '@ai-review/protocol/persona'

/** What a person said about a lock that is not given back; each body is its own. */
const remarks = [
  ['mutexLock', 'mutexUnlock', 'please release the lock on the error path, too'],
  ['openSocket', 'closeSocket', 'who closes the socket when connect fails?'],
  ['parseHeader', 'headerLength', 'nit: check the length before reading the header'],
  ['retryDelay', 'sleepFor', 'could we use backoff here instead of a fixed delay?'],
  ['userCache', 'evictOldest', 'this cache grows for ever, please bound it'],
] as const

/** A full past comment. The hunk ends on the commented line, line 12 of the new side. */
export function aPastComment(overrides: Partial<PastComment> = {}): PastComment {
  const id = overrides.id ?? 1
  return {
    id,
    pullRequest: 1000 + id,
    path: 'src/net/socket.ts',
    side: 'RIGHT',
    line: 12,
    commit: 'a'.repeat(40),
    at: new Date(Date.UTC(2024, 0, 1) + id * 3_600_000).toISOString(),
    body: 'who closes the socket when connect fails?',
    hunk: '@@ -10,2 +10,3 @@ function connect() {\n const address = resolve(name)\n+const socket = openSocket(address)\n+socket.connect(timeout)',
    context: '',
    contextStart: 1,
    addressed: 'unknown',
    up: 0,
    down: 0,
    ...overrides,
  }
}

/** So many comments of one person on five subjects, each in a pull request of its own, in words of its own. */
export function aHistory(size = 40): PastComment[] {
  return Array.from({ length: size }, (_, index) => {
    const [first, second, body] = remarks[index % remarks.length] ?? remarks[0]
    return aPastComment({
      id: index + 1,
      path: `src/part${index % 5}/file${index}.ts`,
      body: `${body} (step ${index})`,
      hunk: `@@ -10,2 +10,3 @@\n const value${index} = before\n+const handle = ${first}(value${index})\n+return ${second}(handle)`,
    })
  })
}

export function aSilence(overrides: Partial<Silence> = {}): Silence {
  return {
    id: '0'.repeat(32),
    pullRequest: 5000,
    path: 'src/net/socket.ts',
    commit: 'b'.repeat(40),
    at: '2024-06-01T00:00:00.000Z',
    hunk: '@@ -1,2 +1,3 @@\n const a = 1\n+const handle = openSocket(address)\n+return closeSocket(handle)',
    ...overrides,
  }
}
