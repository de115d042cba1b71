import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { tinyModelFile } from '../../scripts/tiny-model/tiny-model-file.ts'
import { freePort } from './free-port.ts'

export interface LlamaServer extends AsyncDisposable {
  readonly url: string
  /** Slots that work on an answer at this moment. */
  busySlots(): Promise<number>
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => null)
    if (answer?.ok === true) return
    await sleep(50)
  }
  throw new Error(`The server ended with exit code ${child.exitCode}.`)
}

/** A llama-server of the given program on the tiny model, called `tiny`, with two slots of 4,096 tokens. */
export async function startLlamaServer(program: string): Promise<LlamaServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const model = ['--model', await tinyModelFile(), '--alias', 'tiny', '--jinja']
  const limits = ['--threads', '1', '--ctx-size', '8192', '--parallel', '2', '--slots']
  const child = spawn(program, [...model, ...limits, '--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  await untilHealthy(url, child)
  return {
    url,
    busySlots: async () => {
      const slots = (await (await fetch(`${url}/slots`)).json()) as { is_processing: boolean }[]
      return slots.filter((slot) => slot.is_processing).length
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
