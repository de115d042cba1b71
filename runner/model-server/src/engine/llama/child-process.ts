import { fork } from 'node:child_process'
import { join } from 'node:path'
import { FromChild, type ToChild } from './messages.ts'

/** How a child ended, in words for people: `signal SIGKILL` or `exit code 1`. */
type ChildEnd = string

export interface LlamaChild {
  readonly pid: number | undefined
  /** Settles when the process is gone; never rejects. */
  readonly ended: Promise<ChildEnd>
  send(message: ToChild): void
  kill(): void
}

interface ChildOptions {
  readonly environment: Readonly<Record<string, string>>
  readonly onMessage: (message: FromChild) => void
}

/** Starts the process that holds llama.cpp. It sees no variable but those given, and writes to no terminal. */
export function startLlamaChild({ environment, onMessage }: ChildOptions): LlamaChild {
  const child = fork(join(import.meta.dirname, 'llama-child.ts'), [], {
    env: { ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', () => resolve('a failed start'))
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`))
  })
  child.on('message', (raw) => {
    const message = FromChild.safeParse(raw)
    // A child that says what nobody understands is as good as crashed.
    if (message.success) onMessage(message.data)
    else child.kill('SIGKILL')
  })
  return {
    pid: child.pid,
    ended,
    send(message) {
      // The channel may close at any moment; `ended` tells of it.
      if (child.connected) child.send(message, () => {})
    },
    kill: () => child.kill('SIGKILL'),
  }
}
