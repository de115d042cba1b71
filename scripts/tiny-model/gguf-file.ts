/** A value of a GGUF metadata entry. Integers are written as uint32, numbers as float32. */
export type GgufValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'float32s' | 'int32s'; readonly value: readonly number[] }

/** A two-dimensional tensor is `outputs` rows of `inputs` numbers; a vector has no `outputs`. */
export interface GgufTensor {
  readonly name: string
  readonly inputs: number
  readonly outputs?: number
  readonly data: Float32Array
}

interface GgufFile {
  readonly metadata: Readonly<Record<string, GgufValue>>
  readonly tensors: readonly GgufTensor[]
}

// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
const version = 3
const alignment = 32
const float32TensorType = 0
const valueTypes = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const

/** The bytes of a GGUF v3 file, little-endian, tensors as 32-bit floats. Equal input gives equal bytes. */
export function encodeGguf(file: GgufFile): Buffer {
  const entries = Object.entries(file.metadata)
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(file.tensors.length),
    uint64(entries.length),
    ...entries.map(([key, value]) => Buffer.concat([text(key), encodeValue(value)])),
    ...tensorInfos(file.tensors),
  ])
  const body = file.tensors.map((tensor) => padded(float32s(tensor.data)))
  return Buffer.concat([padded(header), ...body])
}

function tensorInfos(tensors: readonly GgufTensor[]): Buffer[] {
  let offset = 0
  return tensors.map((tensor) => {
    const sizes = tensor.outputs === undefined ? [tensor.inputs] : [tensor.inputs, tensor.outputs]
    const info = [text(tensor.name), uint32(sizes.length), ...sizes.map(uint64)]
    info.push(uint32(float32TensorType), uint64(offset))
    offset += Math.ceil((tensor.data.length * 4) / alignment) * alignment
    return Buffer.concat(info)
  })
}

function encodeValue(entry: GgufValue): Buffer {
  switch (entry.type) {
    case 'string':
      return Buffer.concat([uint32(valueTypes.string), text(entry.value)])
    case 'uint32':
      return Buffer.concat([uint32(valueTypes.uint32), uint32(entry.value)])
    case 'float32':
      return Buffer.concat([uint32(valueTypes.float32), float32s([entry.value])])
    case 'bool':
      return Buffer.concat([uint32(valueTypes.bool), Buffer.from([entry.value ? 1 : 0])])
    case 'strings':
      return list(valueTypes.string, entry.value.map(text))
    case 'float32s':
      return list(valueTypes.float32, [float32s(entry.value)], entry.value.length)
    case 'int32s':
      return list(valueTypes.int32, entry.value.map(int32))
  }
}

function list(type: number, encoded: readonly Buffer[], length = encoded.length): Buffer {
  return Buffer.concat([uint32(valueTypes.array), uint32(type), uint64(length), ...encoded])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32s(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (let index = 0; index < values.length; index++) bytes.writeFloatLE(values[index] ?? 0, index * 4)
  return bytes
}

function padded(bytes: Buffer): Buffer {
  const missing = (alignment - (bytes.length % alignment)) % alignment
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)])
}
