import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * SHA-256, in hexadecimal, of a model's files in order. Kept in `cacheDirectory` by path, size and time of change,
 * because reading a model of many gigabytes takes a minute.
 */
export async function hashModel(parts: readonly string[], cacheDirectory: string): Promise<string> {
  const stats = await Promise.all(parts.map((part) => stat(part)))
  const key = stats.map(({ size, mtimeMs, ino }, index) => [parts[index], size, mtimeMs, ino])
  const cacheFile = join(cacheDirectory, sha256(JSON.stringify(key)))
  const known = await readFile(cacheFile, 'utf8').catch(() => '')
  if (/^[0-9a-f]{64}$/.test(known)) return known

  const hash = createHash('sha256')
  for (const part of parts) for await (const chunk of createReadStream(part)) hash.update(chunk)
  const hex = hash.digest('hex')
  await keep(cacheFile, hex, cacheDirectory)
  return hex
}

async function keep(file: string, hex: string, directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(file, hex)
  } catch {
    // A models directory may be read-only: then the hash is computed at every start.
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
