import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the process of a job's trainer is named, for a server that takes the job over. */
export const trainerPidName = 'trainer.pid'

const patienceMs = 5000

/**
 * Ends the trainer that a killed server has left at work on a job: two in one directory would spoil each other's
 * checkpoints. Its command line names the directory, so that a number which was given out again ends nobody else.
 */
export async function endOrphan(directory: string): Promise<void> {
  const path = join(directory, trainerPidName)
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 1) return
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50)) {
    if (!(await worksOn(pid, directory))) break
    signal(pid, 'SIGTERM')
  }
  if (await worksOn(pid, directory)) signal(pid, 'SIGKILL')
  await rm(path, { force: true })
}

/** By Linux's proc(5); elsewhere nothing is known of other processes, and nothing is ended. */
async function worksOn(pid: number, directory: string): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return line.includes(directory)
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name)
  } catch {
    // It ended meanwhile.
  }
}
