import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrainerScript } from './trainer-script.ts'

/** A trainer that speaks the contract of the real one and trains nothing. Its script and its notes are named by the environment. */
const script = JSON.parse(process.env.TRAINER_SCRIPT ?? '{}') as TrainerScript
const config = process.argv.at(-1) ?? ''
const job = dirname(config)
const steps = script.steps ?? 4
const progress = join(job, 'checkpoints.json')

const say = (event: unknown): void => {
  process.stdout.write(`${typeof event === 'string' ? event : JSON.stringify(event)}\n`)
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const samples = readFileSync(join(job, 'samples.jsonl'), 'utf8')
const rows = samples
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { id: string; split: string; pull_request: number })
const first = existsSync(progress) ? Number(readFileSync(progress, 'utf8')) : 0
if (script.notes !== undefined) {
  const note = {
    pid: process.pid,
    first,
    rows: rows.length,
    variables: Object.keys(process.env).sort(),
    mode: statSync(job).mode & 0o777,
    config: readFileSync(config, 'utf8'),
    samples,
  }
  appendFileSync(script.notes, `${JSON.stringify(note)}\n`)
}

process.on('SIGTERM', () => {
  if (script.deaf === true) return
  process.exit(143)
})

if (script.noise === true) {
  say('no JSON')
  say(`{"event":"progress","stage":"train","step":1,"steps":"${'x'.repeat(200_000)}"}`)
  say({ event: 'progress', stage: 'rm -rf', step: -1, steps: 1e99 })
  say({ event: 'done', hash: '../../../etc/passwd' })
}
for (let step = first + 1; step <= steps; step += 1) {
  say({ event: 'progress', stage: 'train', step, steps, seconds_left: steps - step })
  writeFileSync(progress, String(step))
  await sleep(script.stepMs ?? 5)
}
if (script.fail !== undefined) {
  say({ event: 'failed', code: script.fail, message: `${samples.slice(0, 100)}` })
  process.exit(2)
}
if (script.crash === true) process.exit(1)

const adapter = join(job, 'adapter')
mkdirSync(adapter, { recursive: true })
const settings = '{"peft_type":"LORA"}'
const weights = `weights of ${sha256(samples)}`
writeFileSync(join(adapter, 'adapter_config.json'), settings)
writeFileSync(join(adapter, 'adapter.gguf'), `gguf of ${sha256(samples)}`)
writeFileSync(join(adapter, 'card.json'), '{}')
writeFileSync(join(adapter, 'training_args.bin'), 'pickle')
if (script.link === undefined) writeFileSync(join(adapter, 'adapter_model.safetensors'), weights)
else symlinkSync(script.link, join(adapter, 'adapter_model.safetensors'))
writeFileSync(
  join(job, 'evaluation.jsonl'),
  rows
    .filter(({ split }) => split === 'test')
    .map(
      ({ id, pull_request }) =>
        `${JSON.stringify({ id, pull_request, tokens: 10, base: -20, adapter: -10 })}\n`,
    )
    .join(''),
)
const hash = sha256(
  `${sha256(settings)}  adapter_config.json\n${sha256(weights)}  adapter_model.safetensors\n`,
)
say({ event: 'done', hash: script.lie === true ? sha256('another') : hash })
