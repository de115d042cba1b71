/** The process that holds llama.cpp: a native crash or a long evaluation here leaves the server as it was. */
import { answerCalls } from './answer-calls.ts'
import { LoadError } from './load-error.ts'
import { loadModel } from './load-model.ts'
import { type FromChild, type LoadMessage, ToChild } from './messages.ts'

let answer: ReturnType<typeof answerCalls> | undefined

// The server is gone and nobody else would stop this process. An orderly exit waits for llama.cpp's threads.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

process.on('message', (raw) => {
  const message = ToChild.parse(raw)
  if (message.type === 'load') void load(message)
  else answer?.(message)
})

function send(message: FromChild): void {
  if (process.connected) process.send?.(message)
}

async function load(request: LoadMessage): Promise<void> {
  try {
    const loaded = await loadModel(request, (progress) => send({ type: 'download', ...progress }))
    answer = answerCalls(loaded, { mostAdapters: request.adapters, send })
    send({ type: 'loaded', facts: loaded.facts })
  } catch (error) {
    const reason = error instanceof LoadError ? error.message : 'llama.cpp could not be started.'
    send({ type: 'load-failed', reason })
  }
}
