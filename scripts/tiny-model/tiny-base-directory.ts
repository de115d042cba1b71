import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory } from './tiny-model-file.ts'
import { tinyBaseFiles, writeTinyBase } from './write-tiny-base.ts'

/** Path of the tiny model's directory for transformers, written at the first call; its name holds the files' hash. */
export async function tinyBaseDirectory(parent = cacheDirectory): Promise<string> {
  const hash = createHash('sha256')
  for (const [name, bytes] of tinyBaseFiles()) hash.update(`${name} ${bytes.length}\n`).update(bytes)
  const directory = join(parent, `tiny-base-${hash.digest('hex').slice(0, 16)}`)
  if (!existsSync(directory)) await writeUnlessWritten(directory)
  return directory
}

async function writeUnlessWritten(directory: string): Promise<void> {
  try {
    await writeTinyBase(directory)
  } catch (error) {
    // Two processes may write at once; renaming onto the first one's directory fails, and its files are the same.
    if (!existsSync(directory)) throw error
  }
}
