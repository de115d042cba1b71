import { writeFileSync } from 'node:fs'
import { collect, type HistoryReading, historyOf, nothingCollected, sorted } from './read-history.ts'

/**
 * Reads a whole history in a process of its own, so that its memory can be told from the stand-in's.
 * `node read-history-process.ts '<HistoryReading and person as JSON>' <file for what was collected>`
 */
const [, , settings = '{}', target = ''] = process.argv
const { person, ...reading } = JSON.parse(settings) as HistoryReading & {
  readonly person: { readonly id: number; readonly login: string }
}
const collected = nothingCollected()
const startedAt = performance.now()
let [pieces, requests, pullRequests, longestCursor] = [0, 0, 0, 0]
for await (const piece of historyOf(reading).read(person, '')) {
  collect(collected, piece)
  pieces += 1
  requests = piece.requests
  pullRequests = piece.pullRequests
  longestCursor = Math.max(longestCursor, piece.cursor.length)
}
const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1))
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
writeFileSync(target, JSON.stringify(sorted(collected)))
process.stdout.write(
  JSON.stringify({ pieces, requests, pullRequests, longestCursor, seconds, peakMegabytes }),
)
