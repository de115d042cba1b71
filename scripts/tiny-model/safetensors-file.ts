/** Rows of numbers as a tensor of one or two dimensions; the last one runs fastest. */
export interface SafeTensor {
  readonly name: string
  readonly sizes: readonly number[]
  readonly data: Float32Array
}

/**
 * The bytes of a safetensors file, little-endian, tensors as 32-bit floats. Equal input gives equal bytes.
 * https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(tensors: readonly SafeTensor[]): Buffer {
  let offset = 0
  const entries = tensors.map(({ name, sizes, data }) => {
    const start = offset
    offset += data.length * 4
    return [name, { dtype: 'F32', shape: sizes, data_offsets: [start, offset] }] as const
  })
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) })
  // Numbers start at a multiple of 8 bytes; spaces after the JSON fill up to it.
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, ...tensors.map(({ data }) => float32s(data))])
}

function float32s(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4)
  })
  return bytes
}
