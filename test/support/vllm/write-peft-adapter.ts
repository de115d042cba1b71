import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '../../../scripts/tiny-model/seeded-random.ts'
import { shape } from '../../../scripts/tiny-model/weights.ts'

export interface PeftAdapter {
  readonly seed?: number
  /** Laid over a correct adapter_config.json. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Changes the shapes of tensors by name; a null leaves the tensor out. */
  readonly tensors?: Readonly<Record<string, readonly number[] | null>>
}

const rank = 4

/** Writes an adapter of the tiny model as PEFT does, on the projections of attention. */
export async function writePeftAdapter(directory: string, adapter: PeftAdapter = {}): Promise<void> {
  const random = seededRandom(adapter.seed ?? 1)
  const tensors = Object.entries({ ...tensorShapes(), ...adapter.tensors }).flatMap(([name, sizes]) =>
    sizes === null ? [] : [{ name, sizes }],
  )
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  const bodies: Buffer[] = []
  let offset = 0
  for (const { name, sizes } of tensors) {
    const count = sizes.reduce((product, size) => product * size, 1)
    const body = Buffer.from(Float32Array.from({ length: count }, () => random() * 0.1).buffer)
    header[name] = { dtype: 'F32', shape: sizes, data_offsets: [offset, offset + body.length] }
    offset += body.length
    bodies.push(body)
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const config = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    r: rank,
    lora_alpha: 2 * rank,
    bias: 'none',
    use_dora: false,
    modules_to_save: null,
    target_modules: ['k_proj', 'o_proj', 'q_proj', 'v_proj'],
    base_model_name_or_path: 'acme/tiny',
    ...adapter.config,
  }
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'adapter_model.safetensors'), Buffer.concat([length, json, ...bodies]))
  await writeFile(join(directory, 'adapter_config.json'), JSON.stringify(config, null, 2))
}

/** Name of a tensor of the first layer. */
export const tensorOf = (module: string, part: 'A' | 'B') =>
  `base_model.model.model.layers.0.self_attn.${module}.lora_${part}.weight`

function tensorShapes(): Record<string, readonly number[]> {
  const keyValueWidth = shape.keyValueHeads * shape.headWidth
  const outputs = { q_proj: shape.width, k_proj: keyValueWidth, v_proj: keyValueWidth, o_proj: shape.width }
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([module, width]) => [
      [tensorOf(module, 'A'), [rank, shape.width]],
      [tensorOf(module, 'B'), [width, rank]],
    ]),
  )
}
