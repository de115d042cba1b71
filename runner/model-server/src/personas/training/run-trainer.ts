import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { endOrphan, trainerPidName } from './end-orphan.ts'
import { readTrainerEvents, type TrainerEvent, type TrainerFailure } from './trainer-events.ts'

/** How a trainer is started: program first, `{job}` in a word standing for the directory of the job. */
export interface TrainerCommand {
  readonly command: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

export type TrainerEnd =
  | { readonly kind: 'done'; readonly hash: string }
  | { readonly kind: 'failed'; readonly code: TrainerFailure | 'no-program' | 'no-word' | 'silent' }
  | { readonly kind: 'stopped' }

export interface RunTrainerOptions {
  readonly trainer: TrainerCommand
  /** Of the job, with its `config.toml`. */
  readonly directory: string
  /** Ends the trainer: politely, so that it saves a checkpoint, and by force after `graceMs`. */
  readonly signal: AbortSignal
  readonly graceMs: number
  readonly onProgress: (progress: Extract<TrainerEvent, { event: 'progress' }>) => void
  /** Without an event for this long it hangs, and is ended. */
  readonly silenceMs?: number
}

/** Loading a model and one step of training take minutes, not hours. */
const longestSilenceMs = 6 * 3_600_000
/** What a trainer said before it ended is read by then; a helper that got away may hold its output open for ever. */
const lastWordsMs = 1000

type Trainer = ChildProcessByStdio<null, Readable, null>

/**
 * Runs the trainer on a job's directory until it ends. What it prints for people is thrown away, as it may quote samples.
 * A trainer that an earlier, killed server has left at work on the directory is ended first.
 */
export async function runTrainer(options: RunTrainerOptions): Promise<TrainerEnd> {
  const { directory, signal } = options
  await endOrphan(directory)
  if (signal.aborted) return { kind: 'stopped' }
  const child = start(options)
  const exited = exitOf(child)
  try {
    await once(child, 'spawn')
  } catch {
    return { kind: 'failed', code: 'no-program' }
  }
  const silence = new AbortController()
  const stopping = { ...options, signal: AbortSignal.any([signal, silence.signal]) }
  using _stopping = stopOn(child, stopping)
  // Read from the start: of one that ends at once nothing would be left to read.
  const heard = lastEvent(child, options, () => silence.abort())
  await writeFile(join(directory, trainerPidName), String(child.pid), { mode: 0o600 })
  const last = await heard
  const status = await exited
  if (status === 0 && last?.event === 'done') return { kind: 'done', hash: last.hash }
  if (signal.aborted) return { kind: 'stopped' }
  if (silence.signal.aborted) return { kind: 'failed', code: 'silent' }
  return { kind: 'failed', code: last?.event === 'failed' ? last.code : 'no-word' }
}

/** Hands its progress on until its output ends. The last of its other events; null where there was none. */
async function lastEvent(
  { stdout }: Trainer,
  { onProgress, silenceMs = longestSilenceMs }: RunTrainerOptions,
  onSilence: () => void,
): Promise<TrainerEvent | null> {
  const timer = setTimeout(onSilence, silenceMs)
  let last: TrainerEvent | null = null
  try {
    for await (const event of readTrainerEvents(stdout)) {
      timer.refresh()
      if (event.event === 'progress') onProgress(event)
      else last = event
    }
  } catch {
    // It was cut off with the trainer gone: what was said before counts.
  } finally {
    clearTimeout(timer)
  }
  return last
}

/** Its status once it has ended and its output with it; its helpers end with it, however it ended. */
function exitOf(child: Trainer): Promise<number | null> {
  child.once('exit', () => {
    endGroup(child, 'SIGKILL')
    setTimeout(() => child.stdout.destroy(), lastWordsMs).unref()
  })
  return new Promise((resolve) => child.once('close', resolve))
}

function start({ trainer, directory }: RunTrainerOptions): Trainer {
  const [program = '', ...words] = trainer.command.map((word) => word.replaceAll('{job}', directory))
  return spawn(program, [...words, join(directory, 'config.toml')], {
    cwd: trainer.folder,
    env: { ...trainer.environment },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that its helpers end with it and a terminal's interrupt reaches it by us alone.
    detached: true,
  })
}

function stopOn(child: Trainer, { signal, graceMs }: RunTrainerOptions): Disposable {
  let force: NodeJS.Timeout | undefined
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = () => {
    if (hasEnded()) return
    endGroup(child, 'SIGTERM')
    force = setTimeout(() => endGroup(child, 'SIGKILL'), graceMs)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return {
    [Symbol.dispose]: () => {
      clearTimeout(force)
      signal.removeEventListener('abort', stop)
      // Where it could not be followed, on a full disk for example, it does not go on unseen.
      if (!hasEnded()) endGroup(child, 'SIGKILL')
    },
  }
}

function endGroup({ pid }: Trainer, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
