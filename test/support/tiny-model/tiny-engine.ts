import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CompletionRequest } from '../../../runner/model-server/src/engine/engine.ts'
import {
  createLlamaEngine,
  type LlamaEngine,
  type LlamaEngineOptions,
} from '../../../runner/model-server/src/engine/llama/llama-engine.ts'
import { tinyModelFile } from '../../../scripts/tiny-model/tiny-model-file.ts'

/** The real engine on the tiny model: one thread, 4,096 tokens, 4 sequences unless told otherwise. */
export async function startTinyEngine(overrides: Partial<LlamaEngineOptions> = {}): Promise<LlamaEngine> {
  const modelsDirectory = await mkdtemp(join(tmpdir(), 'models-'))
  const remove = () => rm(modelsDirectory, { recursive: true, force: true })
  try {
    const engine = await createLlamaEngine({
      model: await tinyModelFile(),
      modelsDirectory,
      threads: 1,
      contextTokens: 4096,
      gpu: 'off',
      log: { info: () => {}, warn: () => {} },
      ...overrides,
    })
    const stop = engine[Symbol.asyncDispose].bind(engine)
    // A process that starts again writes there too, so it goes with the engine.
    return Object.assign(engine, {
      [Symbol.asyncDispose]: async () => {
        await stop()
        await remove()
      },
    })
  } catch (error) {
    await remove()
    throw error
  }
}

/** A schema like a review's: a list of findings on lines of which only the ids exist. */
export function findingsSchema(lineIds: readonly string[]): CompletionRequest['schema'] {
  return {
    type: 'object',
    properties: {
      findings: {
        type: 'array',
        maxItems: 5,
        items: {
          type: 'object',
          properties: {
            line: { enum: lineIds },
            severity: { enum: ['critical', 'high', 'medium', 'low'] },
            title: { type: 'string', maxLength: 120 },
            suggestion: { oneOf: [{ type: 'null' }, { type: 'string', maxLength: 2000 }] },
          },
        },
      },
    },
  }
}

/** A call with a short prompt and a findings schema. */
export function aCall(overrides: Partial<CompletionRequest> & { text?: string } = {}): CompletionRequest {
  const { text = 'const total = price * count', ...rest } = overrides
  return {
    messages: [
      { role: 'system', content: 'You review changes.' },
      { role: 'user', content: text },
    ],
    schema: findingsSchema(['A1', 'A2', 'A17', 'B3']),
    maxTokens: 1200,
    seed: 1,
    priority: 0,
    signal: new AbortController().signal,
    ...rest,
  }
}

/** Text of about `tokens` tokens of the tiny model, different for each `mark`. */
export function longText(tokens: number, mark = 'a'): string {
  const line = `${mark} const value = items[index] + 1\n`
  return line.repeat(Math.ceil(tokens / 14))
}
