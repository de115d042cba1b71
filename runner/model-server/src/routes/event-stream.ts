import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { EventLog, StoredEvent } from '../admission/event-log.ts'

/** Proxies close connections on which nothing is said; a comment every so often says something. */
const heartbeatMs = 15_000
/** A client that reads nothing for this long has gone, whatever its connection says. */
const stuckMs = 60_000

interface StreamOptions {
  /** The last event the client has: 0 for none. */
  readonly after: number
  /** Fires when the client has left. */
  readonly signal: AbortSignal
}

/** Writes the events of a review as server-sent events, each with its id, until the review ends or the client leaves. */
export async function streamEvents(
  log: EventLog,
  response: ServerResponse,
  options: StreamOptions,
): Promise<void> {
  await streamFrames(framesOf(log, options), response, options.signal)
}

async function* framesOf(log: EventLog, { after, signal }: StreamOptions): AsyncGenerator<string> {
  for await (const stored of log.follow(after, signal)) yield encode(stored)
}

/** Writes frames of server-sent events as they come, and says something in between, until they end or the client leaves. */
export async function streamFrames(
  frames: AsyncIterable<string>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const heartbeat = setInterval(() => response.write(': waiting\n\n'), heartbeatMs)
  try {
    for await (const frame of frames) {
      if (!response.write(frame)) await drained(response, signal)
    }
    response.end()
  } finally {
    clearInterval(heartbeat)
  }
}

function encode({ id, event }: StoredEvent): string {
  // JSON.stringify leaves no line break in its text, so one data line is enough.
  return `id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`
}

async function drained(response: ServerResponse, left: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: AbortSignal.any([left, AbortSignal.timeout(stuckMs)]) })
  } catch {
    response.destroy()
  }
}
