import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyBaseDirectory } from '../../scripts/tiny-model/tiny-base-directory.ts'
import { tinyModelFile } from '../../scripts/tiny-model/tiny-model-file.ts'
import {
  askReference,
  type RandomAdapter,
  type RandomModel,
  type ReferenceAnswer,
  trainerPython,
} from './ask-reference.ts'
import { expectEqualAnswers } from './expect-equal-answers.ts'
import { llamaAnswers, loadInLlama } from './llama-answers.ts'

const steps = 24
const prompts = [
  [5, 17, 200, 31],
  [101],
  Array.from({ length: 40 }, (_, index) => (index * 37) % 300),
  [7, 7, 7, 7, 7, 7, 7, 7, 9],
]

const forms = [
  { name: 'rank 4', rank: 4, alpha: 8, rslora: false, dtype: 'float32' },
  { name: 'rank 8', rank: 8, alpha: 16, rslora: false, dtype: 'float32' },
  { name: 'rank 8 of rsLoRA', rank: 8, alpha: 6, rslora: true, dtype: 'float32' },
  { name: 'rank 4 in bfloat16', rank: 4, alpha: 8, rslora: false, dtype: 'bfloat16' },
] as const

describe.runIf(trainerPython)('an adapter converted for llama.cpp', () => {
  const architectures = ['llama', 'qwen2', 'qwen3'] as const
  type Architecture = (typeof architectures)[number]
  const bases = new Map<Architecture, { directory: string; gguf: string }>()
  const expected = new Map<string, readonly ReferenceAnswer[]>()
  let directory: string

  const adapterOf = (architecture: Architecture, form: (typeof forms)[number]): RandomAdapter => {
    const { name, ...settings } = form
    const path = join(directory, `${architecture} ${name}`)
    const base = bases.get(architecture)?.directory ?? ''
    return { ...settings, base, directory: path, gguf: `${path}.gguf`, seed: 3, spread: 0.3 }
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'adapters-'))
    const random = (architecture: RandomModel['architecture'], seed: number): RandomModel => {
      const path = join(directory, architecture)
      return { architecture, directory: path, gguf: `${path}.gguf`, seed }
    }
    const models = [random('qwen2', 3), random('qwen3', 2)]
    bases.set('llama', { directory: await tinyBaseDirectory(), gguf: await tinyModelFile() })
    for (const model of models) bases.set(model.architecture, model)
    const asked = architectures.flatMap((architecture) => [
      { key: architecture, base: bases.get(architecture)?.directory ?? '', adapter: undefined },
      ...forms.map((form) => {
        const adapter = adapterOf(architecture, form)
        return { key: `${architecture} ${form.name}`, base: adapter.base, adapter }
      }),
    ])
    const { continuations } = await askReference({
      models,
      adapters: asked.flatMap(({ adapter }) => adapter ?? []),
      continuations: asked.map(({ base, adapter }) => ({
        base,
        adapter: adapter?.directory ?? null,
        prompts,
        steps,
      })),
    })
    for (const [index, { key }] of asked.entries()) expected.set(key, continuations[index] ?? [])
  }, 240_000)

  afterAll(async () => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true })
  })

  it.each(architectures)(
    'makes %s answer token for token as transformers with PEFT does',
    async (architecture) => {
      await using loaded = await loadInLlama(bases.get(architecture)?.gguf ?? '')
      const base = expected.get(architecture) ?? []
      expectEqualAnswers(await llamaAnswers(loaded.model, { prompts, steps }), base)
      for (const form of forms) {
        const adapted = expected.get(`${architecture} ${form.name}`) ?? []
        const adapter = adapterOf(architecture, form).gguf
        expectEqualAnswers(await llamaAnswers(loaded.model, { prompts, steps, adapter }), adapted)
        expect(adapted.map(({ tokens }) => tokens)).not.toEqual(base.map(({ tokens }) => tokens))
      }
    },
    120_000,
  )
})
