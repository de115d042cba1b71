import { randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDataDirectory } from './data-directory.ts'

const secretBytes = 32

/** The secret of this server: made once in its data directory, readable by its user alone. */
export async function serverSecret(directory: string): Promise<Uint8Array> {
  await prepareDataDirectory(directory)
  const path = join(directory, 'server.key')
  if ((await readSecret(path)) === undefined) await makeSecret(path)
  const secret = await readSecret(path)
  if (secret?.length !== secretBytes) {
    throw new Error(
      `The key file ${path} is damaged: restore it, or delete it and lose the seals it has made.`,
    )
  }
  return secret
}

/** Linked into place when whole: a server that is killed, or a second one, never leaves or sees half a key. */
async function makeSecret(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, randomBytes(secretBytes), { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function readSecret(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
