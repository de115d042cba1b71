import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { baseTokenizer } from './base-tokenizer.ts'
import { baseWeights } from './base-weights.ts'
import { encodeSafetensors } from './safetensors-file.ts'
import { controlTokens, type Piece, vocabulary } from './vocabulary.ts'
import { shape, tinyWeights } from './weights.ts'

/** The tiny model's files as transformers reads them, by name: the same weights, tokens and chat template. */
export function tinyBaseFiles(): ReadonlyMap<string, Buffer> {
  const pieces = vocabulary()
  const { tokenizer, config } = baseTokenizer(pieces)
  return new Map([
    ['config.json', json(modelConfig(pieces))],
    ['generation_config.json', json({ ...specialIds(pieces), do_sample: false })],
    ['model.safetensors', encodeSafetensors(baseWeights(tinyWeights(pieces)))],
    ['tokenizer.json', json(tokenizer)],
    ['tokenizer_config.json', json(config)],
  ])
}

/** Writes the tiny model's directory for transformers and PEFT, whole or not at all. `directory` must not exist. */
export async function writeTinyBase(directory: string): Promise<void> {
  const unfinished = `${directory}.${randomUUID()}`
  try {
    await mkdir(unfinished, { recursive: true })
    for (const [name, bytes] of tinyBaseFiles()) await writeFile(join(unfinished, name), bytes)
    await rename(unfinished, directory)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

function modelConfig(pieces: readonly Piece[]) {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    ...specialIds(pieces),
    vocab_size: pieces.length,
    hidden_size: shape.width,
    intermediate_size: shape.hidden,
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    num_key_value_heads: shape.keyValueHeads,
    head_dim: shape.headWidth,
    hidden_act: 'silu',
    attention_bias: false,
    mlp_bias: false,
    max_position_embeddings: shape.contextTokens,
    rms_norm_eps: shape.normEpsilon,
    rope_theta: shape.ropeBase,
    tie_word_embeddings: false,
    dtype: 'float32',
  }
}

function specialIds(pieces: readonly Piece[]) {
  const id = (text: string) => pieces.findIndex((piece) => piece.text === text)
  return {
    bos_token_id: id(controlTokens.begin),
    eos_token_id: id(controlTokens.turnEnd),
    pad_token_id: id(controlTokens.end),
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)
}
