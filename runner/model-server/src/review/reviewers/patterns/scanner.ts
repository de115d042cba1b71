import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { ToScanProcess } from './scan-process.ts'
import type { Scan, ScanRule, ScanTask } from './scan-text.ts'

/** `stalled`: one rule on this text did not end in time; `crashed`: the native code took the process down. */
export type ScanOutcome =
  | { readonly kind: 'scanned'; readonly scan: Scan }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'crashed' }

export interface ScanRequest extends ScanTask {
  /** Shipped rules to run besides `rules`, by id. */
  readonly known: readonly string[]
}

/** Runs scans one after the other, in the order in which they were asked for. */
export interface Scanner {
  scan(request: ScanRequest): Promise<ScanOutcome>
}

export interface ScannerOptions {
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

function ask(child: ChildProcess, request: ScanRequest, limitMs: number): Promise<ScanOutcome> {
  const { known, ...task } = request
  return new Promise((resolve) => {
    const end = (outcome: ScanOutcome) => {
      clearTimeout(watchdog)
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve(outcome)
    }
    const onMessage = (scan: unknown) => end({ kind: 'scanned', scan: scan as Scan })
    const onExit = () => end({ kind: 'crashed' })
    const watchdog = setTimeout(() => end({ kind: 'stalled' }), limitMs)
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.send({ kind: 'task', known, task } satisfies ToScanProcess, (error) => {
      if (error !== null) end({ kind: 'crashed' })
    })
  })
}

/**
 * A scanner in a child process. ast-grep is native and blocks, and a rule that looks up or down the tree takes
 * quadratic time on deeply nested text, so only killing the process bounds it. It is started by the first scan, and
 * again after it had to be killed.
 */
export function createScanner({ shipped, stallMs }: ScannerOptions): Scanner {
  let child: ChildProcess | null = null
  let warm = false
  let last: Promise<unknown> = Promise.resolve()

  const run = async (request: ScanRequest): Promise<ScanOutcome> => {
    child ??= start(shipped)
    const outcome = await ask(child, request, warm ? stallMs : startMs + stallMs)
    warm = outcome.kind === 'scanned'
    if (!warm) {
      child.kill('SIGKILL')
      child = null
    }
    return outcome
  }
  return {
    scan(request) {
      const outcome = last.then(() => run(request))
      last = outcome
      return outcome
    },
  }
}
