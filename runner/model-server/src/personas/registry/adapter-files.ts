import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { join } from 'node:path'

const mebibyte = 1024 * 1024

/** Everything that an adapter's directory may hold, with the most bytes of each; what else a trainer leaves is not taken. */
const adapterFiles = {
  'adapter_config.json': { most: mebibyte, isNeeded: true },
  'adapter_model.safetensors': { most: 8192 * mebibyte, isNeeded: true },
  'adapter.gguf': { most: 8192 * mebibyte, isNeeded: false },
  'card.json': { most: mebibyte, isNeeded: true },
  'evaluation.jsonl': { most: 16 * mebibyte, isNeeded: true },
} as const
type AdapterFileName = keyof typeof adapterFiles
export const adapterFileNames = Object.keys(adapterFiles) as readonly AdapterFileName[]

/** The files that an adapter is: its hash is made of theirs, in this order. */
const hashedFiles = ['adapter_config.json', 'adapter_model.safetensors'] as const

export type FileHashes = Readonly<Partial<Record<AdapterFileName, string>>>

/** What is wrong with the files of an adapter, in words of ours. */
export class AdapterFilesError extends Error {
  override readonly name = 'AdapterFilesError'
}

/** SHA-256 of the lines `<SHA-256>  <file name>` of the files that make the adapter. */
export function adapterHash(hashes: FileHashes): string {
  const lines = hashedFiles.map((name) => {
    const hash = hashes[name]
    if (hash === undefined) throw new AdapterFilesError(`The adapter has no ${name}.`)
    return `${hash}  ${name}\n`
  })
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** The name under which engines and people know the adapter of this hash. */
export function adapterName(hash: string): string {
  return `a-${hash.slice(0, 12)}`
}

/** Where each file of an adapter is. */
export type Places = (name: AdapterFileName) => string

/** All in one directory, as the registry keeps them. */
export function together(directory: string): Places {
  return (name) => join(directory, name)
}

/** As a trainer leaves them in the directory of its job. */
export function asTrained(job: string): Places {
  return (name) => (name === 'evaluation.jsonl' ? join(job, name) : join(job, 'adapter', name))
}

/**
 * Hashes of the files that are there. Links, directories and files beyond their size are an AdapterFilesError; so is one
 * that is needed and not there.
 */
export async function hashFiles(places: Places): Promise<FileHashes> {
  const hashes: Partial<Record<AdapterFileName, string>> = {}
  for (const name of adapterFileNames) {
    const file = await openFile(places, name)
    if (file === null) continue
    await using _closing = { [Symbol.asyncDispose]: () => file.close() }
    hashes[name] = await hashOf(file)
  }
  return hashes
}

/** One file of an adapter, opened for reading; null where it is not there and need not be. */
export async function openFile(places: Places, name: AdapterFileName): Promise<FileHandle | null> {
  const { most, isNeeded } = adapterFiles[name]
  const path = places(name)
  const found = await lstat(path).catch(() => null)
  if (found === null) {
    if (isNeeded) throw new AdapterFilesError(`The adapter has no ${name}.`)
    return null
  }
  if (!found.isFile()) throw new AdapterFilesError(`${name} of the adapter is not a plain file.`)
  if (found.size > most) throw new AdapterFilesError(`${name} of the adapter is larger than ${most} bytes.`)
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
}

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
