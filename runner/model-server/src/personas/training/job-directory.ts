import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { endOrphan } from './end-orphan.ts'
import type { TrainingSample } from './training-samples.ts'

const samplesName = 'samples.jsonl'
const configName = 'config.toml'
const idPattern = /^[\w-]{1,64}$/

/** Directories of running trainings, one for each job, readable by this user alone. */
export interface JobDirectories {
  /**
   * The directory of a job, with its configuration and samples. One that a killed server has left keeps its samples, so
   * that they fit the checkpoints beside them.
   */
  prepare(id: string, make: () => Promise<JobFiles>): Promise<string>
  /** Ends what still runs on it and removes it with everything that is in it. */
  remove(id: string): Promise<void>
  /** Removes every directory but those of `ids`: another server may share the place. */
  removeOthers(ids: readonly string[]): Promise<void>
}

interface JobFiles {
  /** Text of the trainer's configuration. */
  readonly config: string
  readonly samples: readonly TrainingSample[]
}

export function createJobDirectories(root: string): JobDirectories {
  const pathOf = (id: string): string => {
    if (!idPattern.test(id)) throw new RangeError('A training has an id of letters and digits.')
    return join(root, id)
  }
  const remove = async (id: string) => {
    const directory = pathOf(id)
    await endOrphan(directory)
    await rm(directory, { recursive: true, force: true })
  }
  return {
    remove,
    prepare: async (id, make) => {
      const directory = pathOf(id)
      await mkdir(directory, { recursive: true, mode: 0o700 })
      if (await isThere(join(directory, samplesName))) return directory
      const { config, samples } = await make()
      await writeWhole(directory, { name: configName, text: config })
      const lines = samples.map((sample) => `${JSON.stringify(sample)}\n`)
      await writeWhole(directory, { name: samplesName, text: lines.join('') })
      return directory
    },
    removeOthers: async (ids) => {
      const names = await readdir(root).catch(() => [])
      for (const name of names) if (!ids.includes(name) && idPattern.test(name)) await remove(name)
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

async function writeWhole(directory: string, file: { name: string; text: string }): Promise<void> {
  const draft = join(directory, `.${file.name}`)
  await writeFile(draft, file.text, { mode: 0o600, flush: true })
  await rename(draft, join(directory, file.name))
}
