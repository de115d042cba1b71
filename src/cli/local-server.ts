import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { unlessStopped } from '../action/unless-stopped.ts'
import { ReviewError } from '../errors.ts'

const program = join(import.meta.dirname, '../../runner/model-server/src/server.ts')
/** A model of many gigabytes takes a while to download and to load. */
const startLimitMs = { withModel: 3_600_000, without: 60_000 }

export interface LocalServerOptions {
  /** Where the server may write; whoever gives it removes it after the server. */
  readonly folder: string
  readonly model?: string
  /** The caller's environment; only what names the user's folders and the engine's settings is passed on. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Told how much of the model has been fetched, 0 to 1, where it has to be fetched first. */
  readonly onDownload?: (share: number) => void
  /** Ends the wait for the server, and the server. */
  readonly signal: AbortSignal
}

interface LocalServer extends AsyncDisposable {
  readonly url: string
}

/**
 * Starts a model server that remembers nothing on a free port of the loopback interface. It ends when it is disposed,
 * and when this process is gone. Throws a ReviewError when it does not become ready, or when the signal fires.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { folder, model, env, onDownload, signal } = options
  const port = await freePort()
  const child = spawn(process.execPath, [program], {
    env: {
      ...passedOn(env),
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(folder, 'server'),
      DATABASE_URL: 'none',
      MODELS_DIR: env.MODELS_DIR ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ai-review/models'),
      ...(model === undefined ? { ENGINE: 'none' } : { ENGINE: 'llama', MODEL: model }),
    },
    // Why it cannot start is for the person who waits for it. The channel breaks when this process is gone.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  createInterface({ input: child.stdout ?? Readable.from([]) }).on('line', (line) => {
    const share = downloadedShare(line)
    if (share !== null) onDownload?.(share)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const server: LocalServer = {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      // A timer that keeps nothing waiting once the server has ended.
      await Promise.race([ended, pause(5_000, undefined, { ref: false })])
      child.kill('SIGKILL')
      await ended
    },
  }
  try {
    const limitMs = model === undefined ? startLimitMs.without : startLimitMs.withModel
    await unlessStopped(signal, ready(server.url, ended, limitMs))
    return server
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

const settingsOfEngine =
  /^(MODEL_|HF_|HOME$|PATH$|TMPDIR$|XDG_CACHE_HOME$|LD_LIBRARY_PATH$|CUDA_|NVIDIA_|GGML_|NODE_USE_ENV_PROXY$|NODE_EXTRA_CA_CERTS$|https?_proxy$|HTTPS?_PROXY$|no_proxy$|NO_PROXY$)/

function passedOn(env: LocalServerOptions['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && settingsOfEngine.test(name) ? [[name, value] as const] : [],
    ),
  )
}

/** The share of the model that a line of the server's log tells of, or null. */
function downloadedShare(line: string): number | null {
  const [, percent] = /"percent":(\d{1,3})\b/.exec(line) ?? []
  return percent === undefined ? null : Number(percent) / 100
}

async function ready(url: string, ended: Promise<void>, limitMs: number): Promise<void> {
  const exit = ended.then(() => true)
  const until = Date.now() + limitMs
  let hasEnded = false
  while (!hasEnded && Date.now() < until) {
    if (await answers(url)) return
    hasEnded = await Promise.race([exit, pause(100).then(() => false)])
  }
  throw new ReviewError('server-unreachable', 'The model server started for this run did not become ready.', {
    hint: 'Its own words above say why. Start it by hand to see more: node runner/model-server/src/server.ts.',
  })
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
