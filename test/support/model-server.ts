import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../runner/model-server/src/server.ts', import.meta.url))
const startMs = 60_000

export interface ModelServerProcess extends AsyncDisposable {
  /** Root of the server, without a slash at the end. */
  readonly url: string
  readonly apiKey: string
  readonly dataDirectory: string
  readonly pid: number
  /** Everything it has printed so far, on both streams. */
  readonly printed: () => string
  /** Ends it as an orchestrator would, and waits; the data directory stays until it is disposed. */
  readonly stop: () => Promise<void>
}

interface ModelServerOptions {
  /** Settings of the server, as environment variables; nothing of this process's own environment reaches it. */
  readonly env?: Readonly<Record<string, string>>
}

/** For scenes in which nothing depends on a database: it takes seconds to make one. */
export const withoutDatabase = { env: { DATABASE_URL: 'none' } } as const

/** Starts the real model server in a process of its own on a free port, and waits until it is ready. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServerProcess> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'model-server-'))
  const apiKey = randomBytes(24).toString('hex')
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: dataDirectory,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: join(dataDirectory, 'data'),
      API_KEYS: apiKey,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const printed = (): string => Buffer.concat(chunks).toString('utf8')
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    const url = await addressOf(child, printed)
    await untilReady(url)
    return {
      url,
      apiKey,
      dataDirectory,
      pid: child.pid ?? 0,
      printed,
      stop,
      async [Symbol.asyncDispose]() {
        await stop()
        await rm(dataDirectory, { recursive: true, force: true })
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    await ended
    await rm(dataDirectory, { recursive: true, force: true })
    throw new Error(`The model server did not start. It printed:\n${printed()}`, { cause: error })
  }
}

/** The address stands in the line that the server prints once it listens. */
async function addressOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  printed: () => string,
): Promise<string> {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline && child.exitCode === null) {
    const found = /"address":"(http:[^"]+)"/.exec(printed())
    if (found?.[1] !== undefined) return found[1]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('no address was printed')
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`)
    await answer.body?.cancel()
    if (answer.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('/readyz never answered 200')
}
