import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readSafetensors, type SafetensorsEntry } from './read-safetensors.ts'

interface AdapterRules {
  /** `--max-lora-rank`; default 16. */
  readonly maxRank?: number
  /** `--model`, which the adapter must name where vLLM resolves adapters by itself. */
  readonly baseModel?: string
}

/** What else may lie in a published directory; vLLM does not read it. */
const otherFiles = new Set(['adapter.gguf', 'card.json', 'evaluation.jsonl', 'manifest.json', 'README.md'])

const Empty = z.union([z.null(), z.strictObject({}), z.tuple([])]).optional()
const Config = z.object({
  peft_type: z.literal('LORA'),
  r: z.int().min(1),
  lora_alpha: z.number().positive(),
  target_modules: z.array(z.string()).min(1),
  bias: z.literal('none').optional(),
  use_dora: z.literal(false).optional(),
  modules_to_save: Empty,
  rank_pattern: Empty,
  alpha_pattern: Empty,
  base_model_name_or_path: z.string().nullish(),
})
type Config = z.output<typeof Config>

const tensorName =
  /^base_model\.model\.model\.layers\.(\d+)\.(self_attn\.(?:q|k|v|o)_proj|mlp\.(?:gate|up|down)_proj)\.lora_(A|B)\.weight$/
const numberTypes = new Set(['F32', 'F16', 'BF16'])

/**
 * What vLLM, or our own stricter habits, would find wrong with an adapter's directory; empty where nothing is: one
 * LoRA in safetensors, nothing pickled, tensors in pairs of one rank on modules that it can serve.
 */
export async function checkAdapterDirectory(directory: string, rules: AdapterRules = {}): Promise<string[]> {
  const names = await readdir(directory).catch(() => null)
  if (names === null) return ['The directory is not there.']
  const complaints = await complaintsOfFiles(directory, names)
  if (complaints.length > 0) return complaints
  const config = Config.safeParse(parseJson(await readFile(join(directory, 'adapter_config.json'), 'utf8')))
  if (!config.success) {
    return config.error.issues.map(
      ({ path, message }) => `adapter_config.json: ${path.join('.')}: ${message}`,
    )
  }
  const tensors = readSafetensors(await readFile(join(directory, 'adapter_model.safetensors')))
  if (typeof tensors === 'string') return [tensors]
  return [...complaintsOfConfig(config.data, rules), ...complaintsOfTensors(tensors, config.data)]
}

async function complaintsOfFiles(directory: string, names: readonly string[]): Promise<string[]> {
  const needed = ['adapter_config.json', 'adapter_model.safetensors']
  const missing = needed.filter((name) => !names.includes(name)).map((name) => `${name} is missing.`)
  const foreign = names.filter((name) => !needed.includes(name) && !otherFiles.has(name))
  const stats = await Promise.all(names.map((name) => stat(join(directory, name))))
  const irregular = names.filter((_, index) => stats[index]?.isFile() !== true)
  return [...missing, ...[...foreign, ...irregular].map((name) => `${name} does not belong there.`)]
}

function complaintsOfConfig(config: Config, { maxRank = 16, baseModel }: AdapterRules): string[] {
  const complaints: string[] = []
  if (config.r > maxRank) complaints.push(`LoRA rank ${config.r} is greater than max_lora_rank ${maxRank}.`)
  if (baseModel !== undefined && config.base_model_name_or_path !== baseModel) {
    complaints.push('base_model_name_or_path is not the model that is served.')
  }
  return complaints
}

function complaintsOfTensors(tensors: ReadonlyMap<string, SafetensorsEntry>, config: Config): string[] {
  if (tensors.size === 0) return ['There are no tensors.']
  const widths = new Map<string, number>()
  return [...tensors].flatMap(([name, tensor]) => {
    const [, , module, part] = tensorName.exec(name) ?? []
    if (module === undefined) return [`${name} is no tensor that vLLM can apply.`]
    const complaints = complaintsOfTensor(name, { tensor, module, config })
    if (!tensors.has(name.replace(/lora_[AB]/, part === 'A' ? 'lora_B' : 'lora_A'))) {
      complaints.push(`${name} has no pair.`)
    }
    const [rank, width = 0] = part === 'A' ? tensor.shape : [tensor.shape[1], tensor.shape[0]]
    if (rank !== config.r) return [...complaints, `${name} does not have rank ${config.r}.`]
    const vector = widthName(module, part === 'A')
    if ((widths.get(vector) ?? width) !== width) complaints.push(`${vector} has two widths.`)
    widths.set(vector, width)
    return complaints
  })
}

interface TensorParts {
  readonly tensor: SafetensorsEntry
  readonly module: string
  readonly config: Config
}

function complaintsOfTensor(name: string, { tensor, module, config }: TensorParts): string[] {
  const complaints: string[] = []
  if (!numberTypes.has(tensor.dtype)) complaints.push(`${name} has numbers of type ${tensor.dtype}.`)
  if (tensor.shape.length !== 2) complaints.push(`${name} is no matrix.`)
  if (!config.target_modules.includes(module.split('.')[1] ?? '')) {
    complaints.push(`${name} is not in target_modules.`)
  }
  return complaints
}

/** Modules that read from, or write to, the same vector of the model have one width. */
function widthName(module: string, isInput: boolean): string {
  const readsResidual = !/o_proj|down_proj/.test(module)
  if (isInput) return readsResidual ? 'The residual stream' : `The input of ${module}`
  if (!readsResidual) return 'The residual stream'
  if (/gate_proj|up_proj/.test(module)) return 'The input of mlp.down_proj'
  return module === 'self_attn.q_proj' ? 'The input of self_attn.o_proj' : 'Keys and values'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema complains of what is no JSON.
    return undefined
  }
}
