import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { scriptedTrainer, type TrainerScript } from '../trainer/trainer-script.ts'

const entry = join(import.meta.dirname, 'adapting-server.ts')
const startMs = 60_000

export interface AdaptingServer extends AsyncDisposable {
  readonly url: string
  /** Everything it has printed so far, on both streams. */
  readonly printed: () => string
  /** As a power failure would: at once, without a word. */
  readonly kill: () => Promise<void>
}

/** A server over a data directory that outlives it, which trains with the scripted trainer. */
export async function startAdaptingServer(
  directory: string,
  script: TrainerScript = {},
): Promise<AdaptingServer> {
  const trainer = scriptedTrainer(script)
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: directory,
      DATA_DIR: directory,
      LOG_LEVEL: 'trace',
      TRAINING: 'here',
      TRAINER_BASE_MODEL: '/models/base',
      TRAINER_COMMAND: JSON.stringify([
        '/usr/bin/env',
        `TRAINER_SCRIPT=${trainer.environment.TRAINER_SCRIPT}`,
        ...trainer.command,
      ]),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      printed += bytes.toString()
    })
  }
  const closed = once(child, 'close')
  const kill = async () => {
    child.kill('SIGKILL')
    await closed
  }
  const until = Date.now() + startMs
  while (!/^listening (\S+)$/m.test(printed)) {
    if (child.exitCode !== null || Date.now() > until) {
      await kill()
      throw new Error(`The server did not start. It printed:\n${printed}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const url = /^listening (\S+)$/m.exec(printed)?.[1] ?? ''
  return { url, printed: () => printed, kill, [Symbol.asyncDispose]: kill }
}
