import type { GgufTensor } from './gguf-file.ts'
import { seededRandom } from './seeded-random.ts'
import { type Piece, sentence } from './vocabulary.ts'

export const shape = {
  width: 64,
  hidden: 128,
  layers: 2,
  heads: 2,
  keyValueHeads: 1,
  headWidth: 32,
  contextTokens: 32_768,
  normEpsilon: 1e-5,
  ropeBase: 10_000,
} as const

/**
 * The first coordinates of the residual stream say what the last token was; the layers never write to them, so the
 * output rows can rely on them. The rest is noise by which attention picks earlier tokens and which it carries on: it
 * makes the choice between equals depend on everything read so far.
 */
const coordinates = {
  always: 0,
  slot: 1,
  openList: 10,
  closed: 11,
  digit: 12,
  loose: 13,
  firstNoise: 16,
} as const

/** How much one coordinate adds to a logit. Noise adds about 1. */
const weight = { certain: 12, likely: 1.5, even: 0.3, never: -24 } as const

/** The tensors of a llama model whose answers are short whatever the prompt: a string ends after one {@link sentence}. */
export function tinyWeights(pieces: readonly Piece[]): readonly GgufTensor[] {
  const random = seededRandom(20)
  const { width, hidden } = shape
  const keyValueWidth = shape.keyValueHeads * shape.headWidth
  const noise = (inputs: number, scale: number) => () => vectorOf(inputs, () => random() * scale)
  const ofNoise = (scale: number) => () =>
    vectorOf(width, (column) => (column < coordinates.firstNoise ? 0 : random() * scale))
  const intoNoise = (inputs: number, scale: number) => (row: number) =>
    vectorOf(inputs, () => (row < coordinates.firstNoise ? 0 : random() * scale))

  const layers = Array.from({ length: shape.layers }, (_, index) => `blk.${index}`).flatMap((layer) => [
    norm(`${layer}.attn_norm`),
    matrix(`${layer}.attn_q`, width, ofNoise(0.8)),
    matrix(`${layer}.attn_k`, keyValueWidth, ofNoise(0.8)),
    matrix(`${layer}.attn_v`, keyValueWidth, ofNoise(0.2)),
    matrix(`${layer}.attn_output`, width, intoNoise(width, 0.1)),
    norm(`${layer}.ffn_norm`),
    matrix(`${layer}.ffn_gate`, hidden, noise(width, 0.1)),
    matrix(`${layer}.ffn_up`, hidden, noise(width, 0.1)),
    matrix(`${layer}.ffn_down`, width, intoNoise(hidden, 0.1)),
  ])
  return [
    rows(
      'token_embd',
      pieces.map((piece) => embedding(piece, random)),
    ),
    ...layers,
    norm('output_norm'),
    rows(
      'output',
      pieces.map((piece) => output(piece, random)),
    ),
  ]
}

function norm(name: string): GgufTensor {
  return { name: `${name}.weight`, inputs: shape.width, data: vectorOf(shape.width, () => 1) }
}

function matrix(name: string, outputs: number, row: (index: number) => Float32Array): GgufTensor {
  return rows(
    name,
    Array.from({ length: outputs }, (_, index) => row(index)),
  )
}

function rows(name: string, vectors: readonly Float32Array[]): GgufTensor {
  const inputs = vectors[0]?.length ?? 0
  const data = new Float32Array(inputs * vectors.length)
  vectors.forEach((vector, index) => {
    data.set(vector, index * inputs)
  })
  return { name: `${name}.weight`, inputs, outputs: vectors.length, data }
}

function vectorOf(length: number, value: (index: number) => number): Float32Array {
  return Float32Array.from({ length }, (_, index) => value(index))
}

/** 0-based place of a word in the {@link sentence}, if it is one of its words. */
function slotOf(text: string): number | undefined {
  const slot = sentence.findIndex((row) => row.includes(text))
  return slot === -1 ? undefined : slot
}

const isDigit = (text: string) => /^\d$/.test(text)

function embedding(piece: Piece, random: () => number): Float32Array {
  const vector = vectorOf(shape.width, (index) => (index < coordinates.firstNoise ? 0 : random() * 0.2))
  const mark = (coordinate: number) => {
    vector[coordinate] = 2
  }
  mark(coordinates.always)
  const slot = slotOf(piece.text)
  if (piece.text === '"') mark(coordinates.slot)
  else if (slot !== undefined) mark(coordinates.slot + slot + 1)
  else if (piece.text === '[') mark(coordinates.openList)
  else if (piece.text === '}') mark(coordinates.closed)
  else if (isDigit(piece.text)) mark(coordinates.digit)
  else mark(coordinates.loose)
  return vector
}

function output(piece: Piece, random: () => number): Float32Array {
  const vector = vectorOf(shape.width, (index) => (index < coordinates.firstNoise ? 0 : random() * 0.3))
  const slot = slotOf(piece.text)
  // Bytes and white space between values are never needed where a word or a bracket will do.
  if (piece.kind === 'byte' || /^[\s▁]+$/.test(piece.text)) vector[coordinates.always] = weight.never
  if (slot !== undefined) vector[coordinates.slot + slot] = weight.certain
  if (piece.text === '"') {
    vector[coordinates.slot + sentence.length] = weight.certain
    vector[coordinates.loose] = weight.certain
    vector[coordinates.digit] = weight.even
  }
  if (piece.text === '{') vector[coordinates.openList] = weight.even
  if (piece.text === ']') vector[coordinates.closed] = weight.likely
  if (',}]'.includes(piece.text)) vector[coordinates.digit] = weight.likely
  return vector
}
