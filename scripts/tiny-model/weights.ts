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
 * output rows can rely on them. The rest is noise that names a token. The heads of the first layer look one and two
 * tokens back and carry that noise on; those of the second pick earlier tokens by it: so the choice between equals
 * depends on everything read so far, and an adapter can learn what follows on what.
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

/** How much one coordinate adds to a logit. Noise adds about 2. */
const weight = { certain: 17, likely: 2.2, even: 0.5, never: -34 } as const

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

  const layers = Array.from({ length: shape.layers }, (_, index) => index).flatMap((index) => {
    const layer = `blk.${index}`
    return [
      norm(`${layer}.attn_norm`),
      matrix(`${layer}.attn_q`, width, index === 0 ? lookingBack : ofNoise(0.25)),
      matrix(`${layer}.attn_k`, keyValueWidth, index === 0 ? lookedAt : ofNoise(0.25)),
      matrix(`${layer}.attn_v`, keyValueWidth, ofNoise(0.2)),
      matrix(`${layer}.attn_output`, width, intoNoise(width, 0.1)),
      norm(`${layer}.ffn_norm`),
      matrix(`${layer}.ffn_gate`, hidden, noise(width, 0.1)),
      matrix(`${layer}.ffn_up`, hidden, noise(width, 0.1)),
      matrix(`${layer}.ffn_down`, width, intoNoise(hidden, 0.1)),
    ]
  })
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

/** How strongly a head of the first layer prefers its token to the neighbours of it. */
const sharpness = 2

/**
 * Row of a key that is the same for all tokens: rotated by position, it tells nothing but the distance. In pairs of
 * neighbours, as GGUF has the rows of llama models.
 */
function lookedAt(row: number): Float32Array {
  return alwaysOnly(row % 2 === 0 ? sharpness : 0)
}

/** Row of a query that fits best the key that stands one token back for the first head, two for the second. */
function lookingBack(row: number): Float32Array {
  const distance = 1 + Math.floor(row / shape.headWidth)
  const pair = Math.floor((row % shape.headWidth) / 2)
  const angle = -distance * shape.ropeBase ** ((-2 * pair) / shape.headWidth)
  return alwaysOnly(sharpness * (row % 2 === 0 ? Math.cos(angle) : Math.sin(angle)))
}

function alwaysOnly(value: number): Float32Array {
  return vectorOf(shape.width, (column) => (column === coordinates.always ? value : 0))
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
  const vector = vectorOf(shape.width, (index) => (index < coordinates.firstNoise ? 0 : random() * 0.5))
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
