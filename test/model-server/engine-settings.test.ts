import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../runner/model-server/src/config.ts'

const openAi = { OPENAI_BASE_URL: 'http://gpu:8000/v1', OPENAI_MODEL: 'm', OPENAI_API_KEY: 'key' }

describe('settings of the embedded engine', () => {
  it('name its adapters and its embedding model', () => {
    const env = { MODEL: 'a.gguf', MODEL_ADAPTERS: '2', EMBEDDING_MODEL: 'hf:owner/embedding:Q8_0' }
    expect(readConfig(env).engine).toMatchObject({ adapters: 2, embeddingModel: 'hf:owner/embedding:Q8_0' })
    expect(readConfig({ MODEL: 'a.gguf' }).engine).not.toHaveProperty('adapters')
  })

  it('have no address of embeddings', () => {
    const env = { MODEL: 'a.gguf', EMBEDDING_MODEL: 'e', EMBEDDING_BASE_URL: 'http://gpu:8001/v1' }
    expect(() => readConfig(env)).toThrow(/EMBEDDING_BASE_URL: goes with ENGINE=openai/)
  })
})

describe('settings of an OpenAI-compatible engine', () => {
  it('embed at its own address with its own key unless told otherwise', () => {
    expect(readConfig({ ...openAi, EMBEDDING_MODEL: 'e' }).engine).toMatchObject({
      embedding: { baseUrl: 'http://gpu:8000/v1', model: 'e', apiKey: 'key' },
    })
  })

  it('give the key of one server to no other', () => {
    const env = { ...openAi, EMBEDDING_MODEL: 'e', EMBEDDING_BASE_URL: 'http://gpu:8001/v1' }
    const { engine } = readConfig(env)
    expect(engine).toMatchObject({ embedding: { baseUrl: 'http://gpu:8001/v1', model: 'e' } })
    expect(engine).not.toHaveProperty('embedding.apiKey')
    expect(readConfig({ ...env, EMBEDDING_API_KEY: 'other' }).engine).toMatchObject({
      embedding: { apiKey: 'other' },
    })
  })

  it('say where its machine sees the adapters, by an absolute path', () => {
    expect(readConfig({ ...openAi, ENGINE_ADAPTERS_DIR: '/adapters' }).engine).toMatchObject({
      adaptersDirectory: '/adapters',
    })
    expect(() => readConfig({ ...openAi, ENGINE_ADAPTERS_DIR: 'adapters' })).toThrow(ConfigError)
  })

  it('need a model where they have an address of embeddings', () => {
    const env = { ...openAi, EMBEDDING_BASE_URL: 'http://gpu:8001/v1' }
    expect(() => readConfig(env)).toThrow(/EMBEDDING_MODEL: must name/)
  })
})
