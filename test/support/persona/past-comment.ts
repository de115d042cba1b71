import type { PastComment, Silence } from '@ai-review/protocol/persona'

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
