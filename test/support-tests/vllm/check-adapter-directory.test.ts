import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkAdapterDirectory } from '../../support/vllm/check-adapter-directory.ts'
import { type PeftAdapter, tensorOf, writePeftAdapter } from '../../support/vllm/write-peft-adapter.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'peft-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

describe('checkAdapterDirectory', () => {
  it('has nothing against an adapter as it should be', async () => {
    await writePeftAdapter(directory)
    expect(await checkAdapterDirectory(directory, { baseModel: 'acme/tiny', maxRank: 8 })).toEqual([])
  })

  it.each([
    ['rank', { config: { r: 17 } }, 'greater than max_lora_rank'],
    ['rank of a tensor', { tensors: { [tensorOf('q_proj', 'A')]: [8, 64] } }, 'rank 4'],
    ['half a pair', { tensors: { [tensorOf('q_proj', 'B')]: null } }, 'no pair'],
    ['width', { tensors: { [tensorOf('q_proj', 'A')]: [4, 32] } }, 'two widths'],
    ['name', { tensors: { 'base_model.model.lm_head.lora_A.weight': [4, 64] } }, 'no tensor that vLLM'],
    ['targets', { config: { target_modules: ['q_proj'] } }, 'not in target_modules'],
    ['DoRA', { config: { use_dora: true } }, 'use_dora'],
    ['bias', { config: { bias: 'all' } }, 'bias'],
    ['patterns', { config: { rank_pattern: { q_proj: 8 } } }, 'rank_pattern'],
    ['whole modules', { config: { modules_to_save: ['embed_tokens'] } }, 'modules_to_save'],
    ['other kinds', { config: { peft_type: 'IA3' } }, 'peft_type'],
    ['base model', { config: { base_model_name_or_path: 'other' } }, 'base_model_name_or_path'],
  ] satisfies [string, PeftAdapter, string][])(
    'complains of a wrong %s',
    async (_name, adapter, complaint) => {
      await writePeftAdapter(directory, adapter)
      const complaints = await checkAdapterDirectory(directory, { baseModel: 'acme/tiny' })
      expect(complaints.join('\n')).toContain(complaint)
    },
  )

  it.each(['training_args.bin', 'optimizer.pt', 'adapter_model.bin'])('refuses %s', async (name) => {
    await writePeftAdapter(directory)
    await writeFile(join(directory, name), 'x')
    expect(await checkAdapterDirectory(directory)).toEqual([`${name} does not belong there.`])
  })

  it('reads the file of tensors to its last byte', async () => {
    await writePeftAdapter(directory)
    const path = join(directory, 'adapter_model.safetensors')
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length - 4))
    expect(await checkAdapterDirectory(directory)).toEqual(['MetadataIncompleteBuffer'])
    await writeFile(path, bytes.subarray(0, 100))
    expect(await checkAdapterDirectory(directory)).toEqual(['InvalidHeaderLength'])
    await rm(path)
    expect(await checkAdapterDirectory(directory)).toEqual(['adapter_model.safetensors is missing.'])
  })

  it('says when there is no such directory', async () => {
    expect(await checkAdapterDirectory(join(directory, 'none'))).toEqual(['The directory is not there.'])
  })
})
