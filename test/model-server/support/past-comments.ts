import type { PastComment } from '@ai-review/protocol/persona'
import { aPastComment } from '../../support/persona/past-comment.ts'

/** What a person said about a lock that is not given back; each body is its own. */
const remarks = [
  ['mutexLock', 'mutexUnlock', 'please release the lock on the error path, too'],
  ['openSocket', 'closeSocket', 'who closes the socket when connect fails?'],
  ['parseHeader', 'headerLength', 'nit: check the length before reading the header'],
  ['retryDelay', 'sleepFor', 'could we use backoff here instead of a fixed delay?'],
  ['userCache', 'evictOldest', 'this cache grows for ever, please bound it'],
] as const

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
