/** Speed of the embedded engine: `node bench/engine.ts [--model FILE_OR_HUB_NAME] [--threads N] [--gpu auto]`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Completion, CompletionRequest } from '../runner/model-server/src/engine/engine.ts'
import { createLlamaEngine, type LlamaEngine } from '../runner/model-server/src/engine/llama/llama-engine.ts'
import { llamaEnvironment } from '../runner/model-server/src/engine/llama/llama-environment.ts'
import { tinyModelFile } from '../scripts/tiny-model/tiny-model-file.ts'

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    threads: { type: 'string', default: '1' },
    gpu: { type: 'string', default: 'off' },
    'prompt-tokens': { type: 'string', default: '6000' },
    rounds: { type: 'string', default: '20' },
  },
})
const promptTokens = Number(values['prompt-tokens'])
const rounds = Number(values.rounds)
const sequences = 4
const answerLength = 400

const seconds = (since: number) => (performance.now() - since) / 1000
const print = (name: string, value: string) => process.stdout.write(`${name.padEnd(44)} ${value}\n`)

async function start(parallel: number): Promise<LlamaEngine> {
  return createLlamaEngine({
    model: values.model ?? (await tinyModelFile()),
    modelsDirectory: '.ai-review/models',
    threads: Number(values.threads),
    sequences: parallel,
    contextTokens: promptTokens + 3000,
    gpu: values.gpu === 'auto' ? 'auto' : 'off',
    environment: llamaEnvironment(process.env),
    log: { info: () => {}, warn: () => {} },
  })
}

const shortAnswer = { type: 'object', properties: { ok: { type: 'boolean' } } }
const longAnswer = {
  type: 'object',
  properties: { text: { type: 'string', minLength: answerLength, maxLength: answerLength } },
}

let serial = 0
function call(prompt: string, overrides: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    // A number in front of everything, so that nothing is reused from an earlier call.
    messages: [{ role: 'user', content: `${serial++} ${prompt}` }],
    schema: shortAnswer,
    maxTokens: 2000,
    seed: 1,
    priority: 0,
    signal: new AbortController().signal,
    ...overrides,
  }
}

async function promptOf(engine: LlamaEngine, tokens: number): Promise<string> {
  const line = 'const value = items[index] + 1\n'
  const perLine = ((await engine.countTokens([{ role: 'user', content: line.repeat(100) }])) - 10) / 100
  return line.repeat(Math.floor((tokens - 50) / perLine))
}

async function timed(run: () => Promise<Completion>): Promise<{ completion: Completion; seconds: number }> {
  const since = performance.now()
  return { completion: await run(), seconds: seconds(since) }
}

async function speeds(engine: LlamaEngine): Promise<void> {
  const long = await promptOf(engine, promptTokens)
  await engine.complete(call('warm'))
  const prefill = await timed(() => engine.complete(call(long)))
  const { promptTokens: read } = prefill.completion.usage
  print(`prefill, ${read} tokens`, `${(read / prefill.seconds).toFixed(0)} tokens/s`)

  const decode = () => engine.complete(call('x', { schema: longAnswer }))
  const one = await timed(decode)
  const oneSpeed = one.completion.usage.completionTokens / one.seconds
  const since = performance.now()
  const all = await Promise.all(Array.from({ length: sequences }, decode))
  const allSpeed = all.reduce((sum, { usage }) => sum + usage.completionTokens, 0) / seconds(since)
  print('decode, 1 sequence', `${oneSpeed.toFixed(0)} tokens/s`)
  print(
    `decode, ${sequences} sequences`,
    `${allSpeed.toFixed(0)} tokens/s, ${(allSpeed / oneSpeed).toFixed(2)} times one`,
  )

  const alone = await timed(() => engine.complete(call('x')))
  const reading = engine.complete(call(long))
  await sleep((prefill.seconds * 1000) / 10)
  const beside = await timed(() => engine.complete(call('x')))
  await reading
  print('a short call alone', `${(alone.seconds * 1000).toFixed(0)} ms`)
  print('a short call while a long prompt is read', `${(beside.seconds * 1000).toFixed(0)} ms`)
}

/** From the signal to the answer of the next call on the only sequence, less what that call takes by itself. */
async function aborts(engine: LlamaEngine, name: string, request: () => CompletionRequest): Promise<void> {
  const whole = await timed(() => engine.complete(request()))
  const alone = await timed(() => engine.complete(call('x')))
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const controller = new AbortController()
    const running = engine.complete({ ...request(), signal: controller.signal }).catch(() => undefined)
    await sleep(whole.seconds * 1000 * ((round + 0.5) / rounds) * 0.9)
    const since = performance.now()
    controller.abort()
    await engine.complete(call('x'))
    took.push(Math.max(0, performance.now() - since - alone.seconds * 1000))
    await running
  }
  took.sort((left, right) => left - right)
  const middle = took[Math.floor(took.length / 2)] ?? 0
  print(
    `abort ${name}, until freed`,
    `${middle.toFixed(0)} ms median, ${took.at(-1)?.toFixed(0)} ms worst of ${rounds}`,
  )
}

const since = performance.now()
{
  await using engine = await start(sequences)
  print('model', `${engine.description.model}, ${values.threads} thread(s)`)
  print('start', `${seconds(since).toFixed(2)} s`)
  await speeds(engine)
}
await using single = await start(1)
const long = await promptOf(single, promptTokens)
await aborts(single, 'while reading the prompt', () => call(long))
await aborts(single, 'while answering', () => call('x', { schema: longAnswer }))
