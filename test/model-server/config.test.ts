import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError, readConfig, settings } from '../../runner/model-server/src/config.ts'
import { problemKinds } from '../../runner/model-server/src/problems.ts'
import { anApiKey } from './support/review-parts.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).problems
  }
}

describe('the configuration', () => {
  test('needs nothing: it serves this machine alone, without a model', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      apiKeys: [],
      engine: { kind: 'none' },
    })
  })

  test('takes an empty variable for none', () => {
    expect(readConfig({ PORT: '', MODEL: '  ' })).toEqual(readConfig({}))
  })

  test('keeps keys as digests only, given as such or in clear', () => {
    const key = anApiKey()
    const digest = createHash('sha256').update(key).digest('hex')
    const config = readConfig({ API_KEYS: `${key}, sha256:${digest}` })
    expect(config.apiKeys).toEqual([
      { digest: Buffer.from(digest, 'hex') },
      { digest: Buffer.from(digest, 'hex') },
    ])
    expect(JSON.stringify(config)).not.toContain(key)
  })

  const key = anApiKey()
  const base64 = 'Ab/cdEFghIJ0123456789+/mnOPqrSTuvWXyz01234='
  test.each([
    [`acme/shop=${key}`, key, { owner: 'acme', name: 'shop' }],
    [`Acme/Web.Shop_2 = ${key}`, key, { owner: 'acme', name: 'web.shop_2' }],
    [`acme/*=${key}`, key, { owner: 'acme', name: '*' }],
    [`acme/shop=${base64}`, base64, { owner: 'acme', name: 'shop' }],
    [base64, base64, undefined],
    ['Abcdef/ghIJ0123456789mnOPqrSTuvWXyz01234==', 'Abcdef/ghIJ0123456789mnOPqrSTuvWXyz01234==', undefined],
    [`acme/..=${key}`, `acme/..=${key}`, undefined],
    [`*/shop=${key}`, `*/shop=${key}`, undefined],
    ['acme/a-repository-of-a-long-name=short', 'acme/a-repository-of-a-long-name=short', undefined],
  ])('reads the entry %j of API_KEYS', (entry, secret, repository) => {
    const digest = createHash('sha256').update(secret).digest()
    const expected = { digest, ...(repository === undefined ? {} : { repository }) }
    expect(readConfig({ API_KEYS: entry }).apiKeys).toEqual([expected])
    const hashed = entry.replace(secret, `sha256:${digest.toString('hex')}`)
    expect(readConfig({ API_KEYS: hashed }).apiKeys).toEqual([expected])
  })

  test.each([
    [{ MODEL: 'a.gguf' }, { kind: 'llama', model: 'a.gguf', gpu: 'auto' }],
    [
      { OPENAI_BASE_URL: 'http://gpu:8000/v1', OPENAI_MODEL: 'm' },
      { kind: 'openai', baseUrl: 'http://gpu:8000/v1', model: 'm' },
    ],
    [{ MODEL: 'a.gguf', ENGINE: 'none' }, { kind: 'none' }],
  ])('of %o takes the engine %o', (env, engine) => {
    expect(readConfig(env).engine).toMatchObject(engine)
  })

  test.each([
    [{}, { kind: 'embedded' }],
    [{ DATABASE_URL: 'none' }, { kind: 'none' }],
    [{ DATABASE_URL: 'postgres://db/reviews' }, { kind: 'postgres', url: 'postgres://db/reviews' }],
  ])('of %o takes the database %o', (env, database) => {
    expect(readConfig(env as Record<string, string>).database).toEqual(database)
  })

  test('shows the process of the model no secret of the server', () => {
    const { engine } = readConfig({
      MODEL: 'a.gguf',
      API_KEYS: anApiKey(),
      PATH: '/bin',
      SEAL_KEY: anApiKey(),
    })
    expect(engine).toMatchObject({ environment: { PATH: '/bin' } })
  })

  test('shows the trainer no secret of the server and no way to the hub', () => {
    const { training } = readConfig({
      TRAINING: 'here',
      TRAINER_BASE_MODEL: '/models/base',
      TRAINER_COMMAND: 'docker run --rm -v {job}:{job} trainer',
      TRAINER_GPU: '1',
      API_KEYS: anApiKey(),
      OPENAI_API_KEY: anApiKey(),
      PATH: '/bin',
    })
    expect(training).toMatchObject({
      kind: 'here',
      turns: 'beside',
      idleMs: 60_000,
      trainer: {
        command: ['docker', 'run', '--rm', '-v', '{job}:{job}', 'trainer'],
        environment: {
          PATH: '/bin',
          HF_HUB_OFFLINE: '1',
          TRANSFORMERS_OFFLINE: '1',
          CUDA_VISIBLE_DEVICES: '1',
        },
      },
    })
    expect(Object.keys(training.kind === 'here' ? training.trainer.environment : {})).toHaveLength(4)
  })

  test.each([
    ['/opt/python -m trainer', ['/opt/python', '-m', 'trainer']],
    ['["/opt/my python", "-m", "trainer"]', ['/opt/my python', '-m', 'trainer']],
  ])('of the command %s takes the words %o', (text, words) => {
    const set = { TRAINING: 'here', TRAINER_BASE_MODEL: 'm', TRAINER_COMMAND: text }
    expect(readConfig(set).training).toMatchObject({ trainer: { command: words } })
  })

  test('tells everything that is wrong at once, by name and without values', () => {
    const problems = problemsOf({ PORT: 'SECRET-MARKER', API_KEYS: 'SECRET-MARKER', ENGINE: 'SECRET-MARKER' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'API_KEYS', 'ENGINE'])
    expect(problems.join()).not.toContain('MARKER')
  })

  test.each([
    [{ HOST: '0.0.0.0' }, 'API_KEYS'],
    [{ HOST: '::' }, 'API_KEYS'],
    [{ API_KEYS: 'acme/shop=short' }, 'API_KEYS'],
    [{ HOST: '127.example.com' }, 'API_KEYS'],
    [{ ENGINE: 'llama' }, 'MODEL'],
    [{ ENGINE: 'openai', OPENAI_MODEL: 'm' }, 'OPENAI_BASE_URL'],
    [{ OPENAI_BASE_URL: 'http://gpu:8000/v1' }, 'OPENAI_MODEL'],
    [{ OPENAI_BASE_URL: 'file:///etc/passwd', OPENAI_MODEL: 'm' }, 'OPENAI_BASE_URL'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '8787.5' }, 'PORT'],
    [{ REVIEW_SLOTS: '0' }, 'REVIEW_SLOTS'],
    [{ SEAL_KEY: 'short' }, 'SEAL_KEY'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ TRAINING: 'here' }, 'TRAINER_BASE_MODEL'],
    [{ TRAINING: 'elsewhere' }, 'TRAINING'],
    [{ TRAINING: 'elsewhere', DATABASE_URL: 'postgres://db/reviews' }, 'SEAL_KEY'],
    [{ TRAINING: 'here', TRAINER_BASE_MODEL: 'm', DATABASE_URL: 'none' }, 'TRAINING'],
    [{ TRAINER_GPU: '1; rm' }, 'TRAINER_GPU'],
    [{ TRAINER_COMMAND: '["python", 3]' }, 'TRAINER_COMMAND'],
    [{ PUBLIC_URL: 'ftp://host' }, 'PUBLIC_URL'],
  ])('of %o blames %s alone', (env, name) => {
    expect(problemsOf(env as Record<string, string>).map((problem) => problem.split(':')[0])).toEqual([name])
  })
})

describe('docs/server.md', () => {
  const document = readFileSync(join(import.meta.dirname, '../../docs/server.md'), 'utf8')
  const rowsAfter = (heading: string) =>
    document
      .slice(document.indexOf(`\n## ${heading}\n`))
      .split('\n## ')[1]!
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.slice(2, -2).split(' | '))

  test('lists every variable with its default and meaning, and no other', () => {
    const properties = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }).properties ?? {}
    const expected = Object.entries(properties).map(([name, property]) => {
      const { default: preset, description } = property as { default?: unknown; description?: string }
      return [`\`${name}\``, preset === undefined ? '' : `\`${String(preset)}\``, description]
    })
    expect(rowsAfter('Configuration')).toEqual(expected)
  })

  test('lists every problem with its status and hint, and no other', () => {
    const expected = Object.entries(problemKinds).map(([code, { status, title, hint }]) => [
      `\`${code}\``,
      String(status),
      title,
      hint,
    ])
    expect(rowsAfter('Problems')).toEqual(expected)
  })
})
