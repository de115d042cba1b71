import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { createFairTurns } from './fair-turns.ts'
import type { FromScanProcess, ToScanProcess } from './scan-process.ts'
import type { Scan, ScanRule, ScanTask } from './scan-text.ts'

/** `stalled`: one rule on this text did not end in time; `crashed`: the native code took the process down. */
export type ScanOutcome =
  | { readonly kind: 'scanned'; readonly scan: Scan }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'crashed' }

interface ScanRequest extends ScanTask {
  /** Shipped rules to run besides `rules`, by id. */
  readonly known: readonly string[]
}

/** Runs the scans of one review, one after the other. */
export interface Scanner {
  scan(request: ScanRequest): Promise<ScanOutcome>
}

/** One scanning process for all reviews. */
interface SharedScanner {
  /** A scanner whose scans share the process fairly with those of other reviews. */
  forReview(): Scanner
}

interface ScannerOptions {
  /** Rules that later requests name by id. */
  readonly shipped: readonly ScanRule[]
  /** Milliseconds that one scan may take before its process is killed. */
  readonly stallMs: number
}

/** A process that loads a grammar on a busy machine may need seconds before its first answer. */
const startMs = 20_000

const scanProcess = join(import.meta.dirname, 'scan-process.ts')

/** Starts the process with an empty environment: nothing in it may see the server's keys. */
function start(shipped: readonly ScanRule[]): ChildProcess {
  const child = fork(scanProcess, [], { serialization: 'advanced', stdio: 'ignore', env: {}, execArgv: [] })
  // Idle, it must not keep the server alive; while it works, the watchdog's timer does.
  child.unref()
  child.channel?.unref()
  child.on('error', () => undefined)
  child.send({ kind: 'rules', rules: shipped } satisfies ToScanProcess, () => undefined)
  return child
}

/** The next message of the process, or why none came. */
function nextMessage(child: ChildProcess, limitMs: number): Promise<FromScanProcess | 'stalled' | 'crashed'> {
  const { promise, resolve } = Promise.withResolvers<FromScanProcess | 'stalled' | 'crashed'>()
  const watchdog = setTimeout(() => resolve('stalled'), limitMs)
  const onMessage = (message: unknown) => resolve(message as FromScanProcess)
  const onEnd = () => resolve('crashed')
  child.once('message', onMessage).once('exit', onEnd).once('error', onEnd)
  return promise.finally(() => {
    clearTimeout(watchdog)
    child.off('message', onMessage).off('exit', onEnd).off('error', onEnd)
  })
}

/**
 * A scanner in a child process. ast-grep is native and blocks, and a rule that looks up or down the tree takes
 * quadratic time on deeply nested text, so only killing the process bounds it. It is started by the first scan, and
 * again after it had to be killed.
 */
export function createScanner({ shipped, stallMs }: ScannerOptions): SharedScanner {
  const takeTurn = createFairTurns()
  let child: ChildProcess | null = null

  const exchange = async (request: ScanRequest) => {
    if (child === null || !child.connected) {
      child = start(shipped)
      const first = await nextMessage(child, startMs)
      if (typeof first === 'string') return 'crashed'
    }
    const { known, ...task } = request
    const answer = nextMessage(child, stallMs)
    child.send({ kind: 'task', known, task } satisfies ToScanProcess, () => undefined)
    return answer
  }
  const run = async (request: ScanRequest): Promise<ScanOutcome> => {
    const answer = await exchange(request)
    if (typeof answer !== 'string' && answer.kind === 'scan') return { kind: 'scanned', scan: answer.scan }
    child?.kill('SIGKILL')
    child = null
    return { kind: answer === 'stalled' ? 'stalled' : 'crashed' }
  }
  return {
    forReview: () => {
      const review = {}
      return { scan: (request) => takeTurn(review, () => run(request)) }
    },
  }
}
