import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the scripted trainer does; without anything it makes an adapter in four quick steps. */
export interface TrainerScript {
  readonly steps?: number
  readonly stepMs?: number
  /** File to which each run adds a line about itself. */
  readonly notes?: string
  /** SIGTERM does not end it. */
  readonly deaf?: boolean
  /** Says things that are no events first. */
  readonly noise?: boolean
  /** The code that it fails with, with text of the samples in its message. */
  readonly fail?: string
  /** Ends without a word. */
  readonly crash?: boolean
  /** Names another adapter than it made. */
  readonly lie?: boolean
  /** The weights are a link to this file. */
  readonly link?: string
}

/** What a run of the scripted trainer notes about itself. */
interface TrainerNote {
  readonly pid: number
  /** Step that it went on from. */
  readonly first: number
  readonly rows: number
  readonly variables: readonly string[]
  readonly mode: number
  readonly config: string
  readonly samples: string
}

/** The trainer's part of a server's configuration, with the script in the place of the real one. */
export function scriptedTrainer(script: TrainerScript = {}) {
  return {
    command: [process.execPath, join(import.meta.dirname, 'scripted-trainer.ts')],
    folder: import.meta.dirname,
    baseModel: '/models/base',
    environment: { PATH: process.env.PATH ?? '', TRAINER_SCRIPT: JSON.stringify(script) },
  }
}

export async function trainerNotes(path: string): Promise<readonly TrainerNote[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TrainerNote)
}
