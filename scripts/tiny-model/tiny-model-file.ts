import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { tinyModelBytes, writeTinyModel } from './write-tiny-model.ts'

export const cacheDirectory = join(import.meta.dirname, '../../node_modules/.cache/ai-review')

/** Path of the tiny model, written at the first call. Its name holds its hash, so a changed generator writes anew. */
export async function tinyModelFile(directory = cacheDirectory): Promise<string> {
  const hash = createHash('sha256').update(tinyModelBytes()).digest('hex')
  const path = join(directory, `tiny-${hash.slice(0, 16)}.gguf`)
  if (!existsSync(path)) await writeTinyModel(path)
  return path
}
