import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tinyModelFile } from '../../../scripts/tiny-model/tiny-model-file.ts'
import { tinyModelBytes } from '../../../scripts/tiny-model/write-tiny-model.ts'
import { aCall, startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

describe('the tiny model', () => {
  it('is the same, byte for byte, on every machine', () => {
    const hash = createHash('sha256').update(tinyModelBytes()).digest('hex')
    expect(hash).toBe('f92af6b1290bebe026b708263428fa10325140adfc23728c0a3b0b84f0a066e5')
    expect(tinyModelBytes().length).toBeLessThan(2_000_000)
  })

  it('is written whole, once, under a name that holds its hash', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tiny-'))
    try {
      const paths = await Promise.all([1, 2, 3].map(() => tinyModelFile(directory)))
      expect(new Set(paths).size).toBe(1)
      expect(await readdir(directory)).toHaveLength(1)
      expect((await readFile(paths[0] ?? '')).equals(tinyModelBytes())).toBe(true)
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('ends its strings by itself, in words that own up to what they are', async () => {
    await using engine = await startTinyEngine()
    const schema = { type: 'object', properties: { text: { type: 'string', maxLength: 1900 } } }
    const texts = ['for (;;) {}', 'SELECT 1', 'def f(x): return x', '<html>', '日本語', 'a'.repeat(500)]
    for (const text of texts) {
      const { text: json } = await engine.complete(aCall({ text, schema }))
      expect(JSON.parse(json).text).toMatch(/^(Sample|Example|Placeholder|Synthetic) .* the tiny test model$/)
    }
  })
})
