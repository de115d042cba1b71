import type { FileHandle } from 'node:fs/promises'

/** `GGUF`, its version and two counts of 8 bytes: tensors, entries of metadata. */
const headerBytes = 24
const magic = 0x4747_5546
/** The largest models have some thousands. */
const mostEntries = 100_000n

/**
 * Whether a file can be GGUF at all, by its first bytes. node-llama-cpp believes the counts in them and reads on past
 * the end of the file, for ever where they are wrong.
 */
export async function lookAtGguf(file: FileHandle): Promise<'gguf' | 'damaged' | 'other'> {
  const header = Buffer.alloc(headerBytes)
  const { bytesRead } = await file.read(header, 0, headerBytes, 0)
  if (bytesRead < 4 || header.readUInt32BE(0) !== magic) return 'other'
  if (bytesRead < headerBytes) return 'damaged'
  const isCountable = header.readBigUInt64LE(8) <= mostEntries && header.readBigUInt64LE(16) <= mostEntries
  return isCountable ? 'gguf' : 'damaged'
}
