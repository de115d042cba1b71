import { type FileHandle, open } from 'node:fs/promises'
import { GgmlType, type GgufFileInfo, type GgufTensorInfo, readGgufFileInfo } from 'node-llama-cpp'
import { CallError } from './call-error.ts'
import { lookAtGguf } from './gguf-header.ts'

const chunkBytes = 1 << 20
const damaged = 'its adapter.gguf is damaged or cut short. Publish it again.'
const pairedName = /^(.+)\.lora_([ab])$/

/** Bytes of a number, and the bits of its exponent: where all of them are set it is infinite or not a number. */
const numberTypes = new Map([
  [GgmlType.F32, { bytes: 4, exponent: 0x7f80_0000 }],
  [GgmlType.F16, { bytes: 2, exponent: 0x7c00 }],
  [GgmlType.BF16, { bytes: 2, exponent: 0x7f80 }],
])

/**
 * Makes sure that llama.cpp can apply a LoRA adapter in GGUF to the model, before it is tried in the process that
 * answers everybody. Throws a CallError `rejected` that says what is wrong with the file.
 */
export async function inspectAdapter(path: string, base: GgufFileInfo): Promise<void> {
  await using file = await openAdapter(path)
  if ((await lookAtGguf(file)) !== 'gguf') refuse(damaged)
  const info = await readInfo(path)
  const { size } = await file.stat()
  if (info.infoEndOffset === undefined || info.infoEndOffset > size) refuse(damaged)
  checkMetadata(info, base)
  checkPairs(info.tensorInfo ?? [], base)
  for (const tensor of info.tensorInfo ?? []) await checkNumbers(file, tensor, size)
}

function refuse(reason: string, cause?: unknown): never {
  throw new CallError('rejected', `The adapter cannot be used: ${reason}`, { cause })
}

async function openAdapter(path: string): Promise<FileHandle> {
  try {
    return await open(path)
  } catch (cause) {
    return refuse('its directory has no readable adapter.gguf. Convert it for llama.cpp.', cause)
  }
}

async function readInfo(path: string): Promise<GgufFileInfo> {
  try {
    return await readGgufFileInfo(path, {
      sourceType: 'filesystem',
      logWarnings: false,
      spliceSplitFiles: false,
    })
  } catch (cause) {
    return refuse(damaged, cause)
  }
}

function checkMetadata({ metadata }: GgufFileInfo, base: GgufFileInfo): void {
  const { general, adapter } = metadata as {
    readonly general?: { readonly architecture?: unknown; readonly type?: unknown }
    readonly adapter?: { readonly type?: unknown; readonly lora?: { readonly alpha?: unknown } }
  }
  if (general?.type !== 'adapter' || adapter?.type !== 'lora') refuse('its adapter.gguf holds no LoRA.')
  if (general.architecture !== base.metadata.general.architecture) {
    refuse('it was trained for another architecture. Train it on the model that is served.')
  }
  const alpha = Number(adapter.lora?.alpha)
  if (!(Number.isFinite(alpha) && alpha > 0)) refuse('its alpha is not a positive number.')
}

function checkPairs(tensors: readonly GgufTensorInfo[], base: GgufFileInfo): void {
  const known = new Map((base.fullTensorInfo ?? []).map((tensor) => [tensor.name, sizesOf(tensor)]))
  const own = new Map(tensors.map((tensor) => [tensor.name, sizesOf(tensor)]))
  if (own.size === 0) refuse('it changes nothing.')
  for (const name of own.keys()) {
    const target = pairedName.exec(name)?.[1] ?? ''
    const [inputs, outputs] = known.get(target) ?? refuse('it changes a tensor that the model does not have.')
    const a = own.get(`${target}.lora_a`)
    const b = own.get(`${target}.lora_b`)
    if (a === undefined || b === undefined) refuse('half of a pair of its tensors is missing.')
    if (a[0] !== inputs || b[1] !== outputs || a[1] !== b[0]) {
      refuse('its tensors have other sizes than those of the model. Train it on the model that is served.')
    }
  }
}

function sizesOf({ dimensions }: GgufTensorInfo): readonly [number, number] {
  return [Number(dimensions[0] ?? 1), Number(dimensions[1] ?? 1)]
}

async function checkNumbers(file: FileHandle, tensor: GgufTensorInfo, fileSize: number): Promise<void> {
  const type = numberTypes.get(tensor.ggmlType) ?? refuse('its numbers are neither f32, f16 nor bf16.')
  const start = Number(tensor.fileOffset)
  const [inputs, outputs] = sizesOf(tensor)
  const end = start + inputs * outputs * type.bytes
  if (!(start >= 0 && end <= fileSize)) refuse(damaged)
  const chunk = new Uint8Array(Math.min(chunkBytes, end - start))
  for (let at = start; at < end; ) {
    const length = Math.min(chunk.length, end - at)
    const { bytesRead } = await file.read(chunk, 0, length, at)
    if (bytesRead < length) refuse(damaged)
    const numbers = type.bytes === 4 ? new Uint32Array(chunk.buffer) : new Uint16Array(chunk.buffer)
    const count = length / type.bytes
    for (let index = 0; index < count; index++) {
      const bits = (numbers[index] ?? 0) & type.exponent
      if (bits === type.exponent) refuse('it holds infinities or what is no number. Its training failed.')
    }
    at += length
  }
}
