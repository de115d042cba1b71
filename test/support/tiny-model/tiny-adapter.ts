import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdapterFiles } from '../../../runner/model-server/src/engine/engine.ts'
import { encodeGguf, type GgufTensor } from '../../../scripts/tiny-model/gguf-file.ts'
import { seededRandom } from '../../../scripts/tiny-model/seeded-random.ts'
import { shape } from '../../../scripts/tiny-model/weights.ts'

export interface TinyAdapter {
  /** Another seed gives other weights. */
  readonly seed: number
  /** How strongly it changes the model: 0.2 changes its choices between equals, 0 nothing. */
  readonly strength?: number
  readonly architecture?: string
  /** Width of the model it was made for. */
  readonly width?: number
  /** Written in place of the first number. */
  readonly firstNumber?: number
}

const rank = 4

/** Bytes of a LoRA adapter of the tiny model that changes what attention carries on, in both layers. */
export function tinyAdapterBytes(adapter: TinyAdapter): Buffer {
  const { seed, strength = 0.2, architecture = 'llama', width = shape.width } = adapter
  const random = seededRandom(seed)
  const noise = (length: number, scale: number) => Float32Array.from({ length }, () => random() * scale)
  const tensors = ['blk.0', 'blk.1'].flatMap((layer): GgufTensor[] => [
    {
      name: `${layer}.attn_output.weight.lora_a`,
      inputs: width,
      outputs: rank,
      data: noise(width * rank, 0.5),
    },
    {
      name: `${layer}.attn_output.weight.lora_b`,
      inputs: rank,
      outputs: width,
      data: noise(rank * width, strength),
    },
  ])
  const first = tensors[0]?.data
  if (adapter.firstNumber !== undefined && first !== undefined) first[0] = adapter.firstNumber
  return encodeGguf({
    metadata: {
      'general.architecture': { type: 'string', value: architecture },
      'general.type': { type: 'string', value: 'adapter' },
      'adapter.type': { type: 'string', value: 'lora' },
      'adapter.lora.alpha': { type: 'float32', value: rank },
    },
    tensors,
  })
}

/** Writes an adapter as the registry keeps it: `<parent>/<name>/adapter.gguf`. */
export async function writeTinyAdapter(
  parent: string,
  content: TinyAdapter | Buffer,
  name = 'a-0123456789ab',
): Promise<AdapterFiles> {
  const directory = join(parent, name)
  await mkdir(directory, { recursive: true })
  const bytes = Buffer.isBuffer(content) ? content : tinyAdapterBytes(content)
  await writeFile(join(directory, 'adapter.gguf'), bytes)
  return { name, directory }
}
