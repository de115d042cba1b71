import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Python with the trainer's requirements; without it there is no transformers to compare with. */
export const trainerPython = process.env.TRAINER_PYTHON

export interface RandomModel {
  readonly architecture: 'qwen2' | 'qwen3'
  readonly directory: string
  readonly gguf: string
  readonly seed: number
}

/** `base` and `directory` are transformers' directories, `gguf` is the converted adapter. */
export interface RandomAdapter {
  readonly base: string
  readonly directory: string
  readonly gguf: string
  readonly rank: number
  readonly alpha: number
  readonly rslora: boolean
  readonly dtype: 'float32' | 'bfloat16'
  readonly seed: number
  /** Standard deviation of the random numbers. */
  readonly spread: number
}

interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

interface ReferenceRequest {
  readonly models?: readonly RandomModel[]
  readonly adapters?: readonly RandomAdapter[]
  readonly continuations?: readonly {
    readonly base: string
    readonly adapter: string | null
    readonly prompts: readonly (readonly number[])[]
    readonly steps: number
  }[]
  readonly tokenizations?: readonly {
    readonly base: string
    readonly texts: readonly string[]
    readonly conversations: readonly (readonly Message[])[]
  }[]
  /** The last message of each conversation is the answer that is learned. */
  readonly encodings?: readonly {
    readonly base: string
    readonly conversations: readonly (readonly Message[])[]
  }[]
}

/** A greedy answer: tokens, their natural log-probabilities, and how far behind each the next best token was. */
export interface ReferenceAnswer {
  readonly tokens: readonly number[]
  readonly logprobs: readonly number[]
  readonly margins: readonly number[]
}

interface ReferenceReply {
  readonly continuations: readonly (readonly ReferenceAnswer[])[]
  readonly tokenizations: readonly {
    readonly texts: readonly (readonly number[])[]
    readonly decoded: readonly string[]
    readonly conversations: readonly (readonly number[])[]
  }[]
  readonly encodings: readonly (readonly {
    readonly prompt: readonly number[]
    readonly completion: readonly number[]
  }[])[]
}

/** Asks transformers and PEFT, in one process: loading them takes seconds. */
export async function askReference(request: ReferenceRequest): Promise<ReferenceReply> {
  const root = join(import.meta.dirname, '../..')
  const python = spawn(trainerPython ?? 'python3', [join(import.meta.dirname, 'reference')], {
    env: { ...process.env, PYTHONPATH: join(root, 'runner/trainer'), HF_HUB_OFFLINE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  python.stdin.end(
    JSON.stringify({
      models: [],
      adapters: [],
      continuations: [],
      tokenizations: [],
      encodings: [],
      ...request,
    }),
  )
  const [reply, complaints, code] = await Promise.all([
    text(python.stdout),
    text(python.stderr),
    new Promise((resolve, reject) => {
      python.on('close', resolve)
      python.on('error', reject)
    }),
  ])
  if (code !== 0) throw new Error(`The reference ended with ${code}: ${complaints.slice(-2000)}`)
  return JSON.parse(reply)
}
