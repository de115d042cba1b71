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
  | { readonly kind: 'failed'; readonly code: TrainerFailure | 'no-program' | 'no-word' }
  | { readonly kind: 'stopped' }

export interface RunTrainerOptions {
  readonly trainer: TrainerCommand
  /** Of the job, with its `config.toml`. */
  readonly directory: string
  /** Ends the trainer: politely, so that it saves a checkpoint, and by force after `graceMs`. */
  readonly signal: AbortSignal
  readonly graceMs: number
  readonly onProgress: (progress: Extract<TrainerEvent, { event: 'progress' }>) => void
}

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
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    await once(child, 'spawn')
  } catch {
    return { kind: 'failed', code: 'no-program' }
  }
  using _stopping = stopOn(child, options)
  await writeFile(join(directory, trainerPidName), String(child.pid), { mode: 0o600 })
  let last: TrainerEvent | null = null
  for await (const event of readTrainerEvents(child.stdout)) {
    if (event.event === 'progress') options.onProgress(event)
    else last = event
  }
  const status = await exited
  if (status === 0 && last?.event === 'done') return { kind: 'done', hash: last.hash }
  if (signal.aborted) return { kind: 'stopped' }
  return { kind: 'failed', code: last?.event === 'failed' ? last.code : 'no-word' }
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
  const stop = () => {
    endGroup(child, 'SIGTERM')
    force = setTimeout(() => endGroup(child, 'SIGKILL'), graceMs)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return {
    [Symbol.dispose]: () => {
      clearTimeout(force)
      signal.removeEventListener('abort', stop)
    },
  }
}

function endGroup(child: Trainer, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}
