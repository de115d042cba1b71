import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { encodeGguf, type GgufValue } from './gguf-file.ts'
import { chatTemplate, controlTokens, type Piece, vocabulary } from './vocabulary.ts'
import { shape, tinyWeights } from './weights.ts'

const pieceTypes = { normal: 1, unknown: 2, control: 3, byte: 6 } as const

/** The bytes of the tiny model: a llama-architecture GGUF, the same on every machine. */
export function tinyModelBytes(): Buffer {
  const pieces = vocabulary()
  return encodeGguf({ metadata: metadata(pieces), tensors: tinyWeights(pieces) })
}

/** Writes the tiny model to `path`, whole or not at all; missing directories are made. */
export async function writeTinyModel(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.${randomUUID()}`
  try {
    await writeFile(unfinished, tinyModelBytes())
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

function metadata(pieces: readonly Piece[]): Record<string, GgufValue> {
  const string = (value: string): GgufValue => ({ type: 'string', value })
  const uint32 = (value: number): GgufValue => ({ type: 'uint32', value })
  const float32 = (value: number): GgufValue => ({ type: 'float32', value })
  const id = (text: string) => uint32(pieces.findIndex((piece) => piece.text === text))
  return {
    'general.architecture': string('llama'),
    'general.type': string('model'),
    'general.name': string('Tiny test model'),
    'general.license': string('mit'),
    'general.file_type': uint32(0),
    'llama.context_length': uint32(shape.contextTokens),
    'llama.embedding_length': uint32(shape.width),
    'llama.block_count': uint32(shape.layers),
    'llama.feed_forward_length': uint32(shape.hidden),
    'llama.attention.head_count': uint32(shape.heads),
    'llama.attention.head_count_kv': uint32(shape.keyValueHeads),
    'llama.attention.layer_norm_rms_epsilon': float32(shape.normEpsilon),
    'llama.rope.dimension_count': uint32(shape.headWidth),
    'llama.rope.freq_base': float32(shape.ropeBase),
    'llama.vocab_size': uint32(pieces.length),
    'tokenizer.ggml.model': string('llama'),
    'tokenizer.ggml.tokens': { type: 'strings', value: pieces.map((piece) => piece.text) },
    'tokenizer.ggml.scores': { type: 'float32s', value: pieces.map((piece) => piece.score) },
    'tokenizer.ggml.token_type': { type: 'int32s', value: pieces.map((piece) => pieceTypes[piece.kind]) },
    'tokenizer.ggml.bos_token_id': id(controlTokens.begin),
    'tokenizer.ggml.eos_token_id': id(controlTokens.turnEnd),
    'tokenizer.ggml.unknown_token_id': id('<unk>'),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
    'tokenizer.chat_template': string(chatTemplate),
  }
}
