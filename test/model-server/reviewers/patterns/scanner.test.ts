import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../../../support/scanner/start-endless-scan.ts')

/** Process ids below a process, from the kernel's list. */
function childrenOf(parent: number): number[] {
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ids.filter((id) => {
    try {
      // The name in parentheses can hold anything; the parent's id is the second field behind it.
      return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] === String(parent)
    } catch {
      return false
    }
  })
}

function isRunning(id: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe.runIf(process.platform === 'linux')('the scanning process', () => {
  it('ends with the server, even in the middle of a scan and when the server was killed', async () => {
    const server = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(server.stdout, 'data')
    const scanning = childrenOf(server.pid ?? 0)
    expect(scanning).toHaveLength(1)
    await setTimeout(1000)
    server.kill('SIGKILL')
    await once(server, 'exit')
    const until = Date.now() + 15_000
    while (scanning.some(isRunning) && Date.now() < until) await setTimeout(100)
    const left = scanning.filter(isRunning)
    for (const id of left) process.kill(id, 'SIGKILL')
    expect(left).toEqual([])
  })
})
