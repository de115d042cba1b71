import { access, constants, mkdir } from 'node:fs/promises'
import { StoreError } from './database.ts'

/** Makes the data directory where it is missing. Throws a StoreError `unavailable` that says why it cannot be used. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new StoreError(
      'unavailable',
      `DATA_DIR ${directory} cannot be written to (${code}): name a directory that this user may write to.`,
      { cause },
    )
  }
}
