import type { GgufTensor } from './gguf-file.ts'
import type { SafeTensor } from './safetensors-file.ts'
import { shape } from './weights.ts'

const modelNames: Readonly<Record<string, string>> = {
  token_embd: 'model.embed_tokens',
  output_norm: 'model.norm',
  output: 'lm_head',
}

const layerNames: Readonly<Record<string, string>> = {
  attn_norm: 'input_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
  ffn_norm: 'post_attention_layernorm',
  ffn_gate: 'mlp.gate_proj',
  ffn_up: 'mlp.up_proj',
  ffn_down: 'mlp.down_proj',
}

/** The same weights under the names and in the order of rows that transformers' llama has. */
export function baseWeights(tensors: readonly GgufTensor[]): readonly SafeTensor[] {
  return tensors.map((tensor) => {
    const { inputs, outputs } = tensor
    const sizes = outputs === undefined ? [inputs] : [outputs, inputs]
    return { name: baseName(tensor.name), sizes, data: halvesApart(tensor) }
  })
}

function baseName(name: string): string {
  const [, layer, part] = /^blk\.(\d+)\.(\w+)\.weight$/.exec(name) ?? []
  const base = part === undefined ? modelNames[name.replace(/\.weight$/, '')] : layerNames[part]
  if (base === undefined) throw new Error(`The tensor ${name} has no name in transformers' llama.`)
  return part === undefined ? `${base}.weight` : `model.layers.${layer}.${base}.weight`
}

/**
 * llama.cpp turns neighbouring rows of a query or key head as a pair, transformers row i with row i + half a head.
 */
function halvesApart({ name, inputs, data }: GgufTensor): Float32Array {
  if (!/\.attn_[qk]\./.test(name)) return data
  const { headWidth } = shape
  const moved = new Float32Array(data.length)
  for (let row = 0; row < data.length / inputs; row++) {
    const inHead = row % headWidth
    const to = row - inHead + (inHead % 2) * (headWidth / 2) + Math.floor(inHead / 2)
    moved.set(data.subarray(row * inputs, (row + 1) * inputs), to * inputs)
  }
  return moved
}
