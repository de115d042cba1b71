import { z } from 'zod'

export interface SafetensorsEntry {
  readonly dtype: string
  readonly shape: readonly number[]
}

const bytesOf: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1 }
const headerMax = 100_000_000

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const Header = z.record(z.string(), z.unknown())

/** The tensors of a safetensors file by name, or what is wrong with it. */
export function readSafetensors(file: Buffer): ReadonlyMap<string, SafetensorsEntry> | string {
  if (file.length < 8) return 'HeaderTooSmall'
  const length = Number(file.readBigUInt64LE(0))
  if (length > headerMax) return 'HeaderTooLarge'
  if (8 + length > file.length) return 'InvalidHeaderLength'
  const header = headerOf(file.subarray(8, 8 + length))
  if (header === null) return 'InvalidHeaderDeserialization'
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__')
  const parsed = entries.map(([name, raw]) => ({ name, entry: Entry.safeParse(raw).data }))
  const body = file.length - 8 - length
  let end = 0
  for (const { name, entry } of parsed.toSorted((a, b) => startOf(a.entry) - startOf(b.entry))) {
    if (entry === undefined) return `InvalidHeaderDeserialization: ${name}`
    const [from, to] = entry.data_offsets
    const size = entry.shape.reduce((product, each) => product * each, bytesOf[entry.dtype] ?? Number.NaN)
    if (from !== end || to - from !== size) return `InvalidOffset: ${name}`
    end = to
  }
  if (end !== body) return 'MetadataIncompleteBuffer'
  return new Map(parsed.flatMap(({ name, entry }) => (entry === undefined ? [] : [[name, entry]])))
}

const startOf = (entry: z.output<typeof Entry> | undefined) => entry?.data_offsets[0] ?? 0

function headerOf(bytes: Buffer): Record<string, unknown> | null {
  try {
    return Header.parse(JSON.parse(bytes.toString()))
  } catch {
    // Told as the library tells it.
    return null
  }
}
