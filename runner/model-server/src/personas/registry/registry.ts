import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  AdapterFilesError,
  adapterFileNames,
  adapterHash,
  asTrained,
  type FileHashes,
  hashFiles,
  openFile,
  type Places,
  together,
} from './adapter-files.ts'

/** Hashes of all files of one adapter, written when it was taken in: the GGUF file is no part of the adapter's hash. */
const manifestName = 'manifest.json'
const Manifest = z.object({ files: z.record(z.string(), z.string()) })
const draftPrefix = '.draft-'
/** Drafts of this age belong to nobody any more. */
const staleDraftMs = 3_600_000

const hashPattern = /^[0-9a-f]{64}$/

/** The directory of adapters: one canonical path for each hash, never written to once it is there. */
export interface Registry {
  /** Throws a RangeError for what is no hash. */
  directoryOf(hash: string): string
  /** Takes in what the trainer of a job has made: a reader sees all of it or nothing. Throws an AdapterFilesError. */
  adopt(job: string, hash: string): Promise<void>
  /** Whether every file is there and as it was when it was taken in. */
  isWhole(hash: string): Promise<boolean>
  remove(hash: string): Promise<void>
}

/** Makes the directory where it is missing, and clears what a killed server has left half done. */
export async function openRegistry(root: string): Promise<Registry> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  await clearDrafts(root)
  const directoryOf = (hash: string): string => {
    if (!hashPattern.test(hash)) throw new RangeError('An adapter is known by 64 hex digits.')
    return join(root, hash)
  }
  const isWhole = (hash: string) => isAsAdopted(directoryOf(hash), hash)
  return {
    directoryOf,
    isWhole,
    adopt: async (job, hash) => {
      const target = directoryOf(hash)
      if (await isWhole(hash)) return
      const draft = join(root, `${draftPrefix}${randomUUID()}`)
      try {
        await copyInto(draft, asTrained(job))
        const hashes = await hashFiles(together(draft))
        if (adapterHash(hashes) !== hash)
          throw new AdapterFilesError('The adapter is not the one that was named.')
        await writeFile(join(draft, manifestName), JSON.stringify({ files: hashes }), {
          mode: 0o600,
          flag: 'wx',
          flush: true,
        })
        await syncDirectory(draft)
        await rm(target, { recursive: true, force: true })
        await rename(draft, target)
        await syncDirectory(root)
      } finally {
        await rm(draft, { recursive: true, force: true })
      }
    },
    remove: (hash) => rm(directoryOf(hash), { recursive: true, force: true }),
  }
}

async function isAsAdopted(directory: string, hash: string): Promise<boolean> {
  try {
    const kept = Manifest.parse(JSON.parse(await readFile(join(directory, manifestName), 'utf8'))).files
    const found: FileHashes = await hashFiles(together(directory))
    return adapterHash(found) === hash && adapterFileNames.every((name) => found[name] === kept[name])
  } catch {
    return false
  }
}

async function copyInto(draft: string, places: Places): Promise<void> {
  await mkdir(draft, { mode: 0o700 })
  for (const name of adapterFileNames) {
    const file = await openFile(places, name)
    if (file === null) continue
    await using _closing = { [Symbol.asyncDispose]: () => file.close() }
    await writeFile(join(draft, name), file.createReadStream({ autoClose: false }), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
  }
}

/** A rename is on the disk only once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  await using _closing = { [Symbol.asyncDispose]: () => directory.close() }
  await directory.sync()
}

async function clearDrafts(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(draftPrefix)) continue
    const path = join(root, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > staleDraftMs) {
      await rm(path, { recursive: true, force: true })
    }
  }
}
