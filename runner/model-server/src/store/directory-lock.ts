import { readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { z } from 'zod'
import { prepareDataDirectory } from './data-directory.ts'
import { StoreError } from './database.ts'

/** A holder that has not refreshed its lock for this long is dead, wherever it ran. */
const staleMs = 10_000

const Holder = z.object({ pid: z.int().min(1), host: z.string(), started: z.string() })
type Holder = z.infer<typeof Holder>

/**
 * Takes the only right to a directory, since the embedded database lets a second process in and loses rows.
 * A lock left by a process that is gone is taken over: at once on this host, else after it has gone stale.
 * Throws a StoreError `in-use` that names the process. `onLost` is called if the lock is lost while held,
 * as after a long suspension: whoever holds the directory must stop at once.
 */
export async function lockDirectory(directory: string, onLost: () => void): Promise<() => Promise<void>> {
  await prepareDataDirectory(directory)
  const lockfilePath = join(directory, 'database.lock')
  const holderPath = join(directory, 'database.holder.json')
  const take = () =>
    lock(directory, { lockfilePath, stale: staleMs, update: staleMs / 4, onCompromised: onLost })

  const release = await take().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error
    const holder = await readHolder(holderPath)
    if (holder === undefined || holder.host !== hostname() || (await isAlive(holder)))
      throw inUse(directory, holder)
    await rm(lockfilePath, { recursive: true, force: true })
    return take().catch(() => {
      throw inUse(directory, undefined)
    })
  })
  const self: Holder = { pid: process.pid, host: hostname(), started: (await startOf(process.pid)) ?? '' }
  await writeFile(holderPath, JSON.stringify(self), { mode: 0o600 })
  return release
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** A process with the holder's id and, where the system tells, its start: ids are given out again. */
async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = await startOf(holder.pid)
  return started === undefined || holder.started === '' || started === holder.started
}

/** When a process started, in the kernel's ticks since boot (Linux proc(5), field 22 of stat); undefined elsewhere. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The command's name is in parentheses and may hold spaces: count from behind it, where field 3 begins.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function inUse(directory: string, holder: Holder | undefined): StoreError {
  const by = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new StoreError(
    'in-use',
    `The data directory ${directory} is in use by ${by}: stop it, or give this server another DATA_DIR.`,
  )
}
