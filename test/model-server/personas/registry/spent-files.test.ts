import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredVersion } from '../../../../runner/model-server/src/personas/persona-store.ts'
import { adapterName } from '../../../../runner/model-server/src/personas/registry/adapter-files.ts'
import { openRegistry } from '../../../../runner/model-server/src/personas/registry/registry.ts'
import { removeSpent } from '../../../../runner/model-server/src/personas/registry/spent-files.ts'
import { dialects, stopPostgres } from '../../support/dialects.ts'
import { aKey, aVersion, day, hashOf } from '../../support/persona-parts.ts'
import { PersonaStoreScene } from '../../support/persona-store-scene.ts'

afterAll(stopPostgres)

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ai-review-spent-'))
})
afterEach(() => rm(directory, { recursive: true }))

describe.each(dialects)('files of adapters on $name', (dialect) => {
  const scene = new PersonaStoreScene(dialect)
  const failures: unknown[] = []
  const dropped: string[] = []
  beforeEach(() => {
    failures.length = 0
    dropped.length = 0
  })

  /** Versions by a name each, a day later than the one before, with files. */
  async function keep(...versions: readonly (readonly [string, StoredVersion['state'], object?])[]) {
    for (const [index, [name, state, more]] of versions.entries()) {
      const hash = hashOf(name)
      await scene.store.saveVersion(aVersion({ hash, state, at: day(index), ...more }))
      await mkdir(join(directory, hash), { recursive: true })
      await writeFile(join(directory, hash, 'adapter_model.safetensors'), name)
    }
  }
  async function clear(overrides: Partial<Parameters<typeof removeSpent>[0]> = {}) {
    await removeSpent({
      store: scene.store,
      registry: await openRegistry(directory),
      baseModel: 'model-1',
      drop: async (name) => {
        dropped.push(name)
      },
      held: new Set(),
      onFailure: (error) => failures.push(error),
      ...overrides,
    })
  }
  const left = async (...names: readonly string[]) => {
    const found = await readdir(directory)
    return names.filter((name) => found.includes(hashOf(name)))
  }

  test('go with a version that is refused, failed its probe or is long retired; its card stays', async () => {
    await scene.agree()
    const all = ['retired 1', 'retired 2', 'retired 3', 'refused', 'failed', 'canary', 'candidate', 'live']
    await keep(
      ['retired 1', 'retired'],
      ['retired 2', 'retired'],
      ['retired 3', 'retired'],
      ['refused', 'refused'],
      ['failed', 'failed-probe'],
      ['canary', 'canary'],
      ['candidate', 'candidate'],
      ['live', 'live'],
      ['other model', 'refused', { baseModel: 'model-2' }],
    )
    const before = await scene.store.versions(aKey)
    await Promise.all([clear(), clear()])
    expect(failures).toEqual([])
    expect(await left(...all, 'other model')).toEqual([
      'retired 2',
      'retired 3',
      'canary',
      'candidate',
      'live',
      'other model',
    ])
    expect(new Set(dropped)).toEqual(
      new Set(['retired 1', 'refused', 'failed'].map((name) => adapterName(hashOf(name)))),
    )
    const after = await scene.store.versions(aKey)
    expect(after.filter(({ hasFiles }) => hasFiles === false)).toHaveLength(3)
    expect(after.map((version) => ({ ...version, hasFiles: true }))).toEqual(before)
    expect(await scene.store.leftovers()).toEqual([])
  })

  test('stay with what was live before newer trials', async () => {
    await scene.agree()
    await keep(['live 1', 'live'], ['live 2', 'live'], ['live 3', 'live'], ['live 4', 'live'])
    await keep(['trial 1', 'canary', { at: day(10) }], ['trial 2', 'canary', { at: day(11) }])
    await keep(['trial 3', 'canary', { at: day(12) }], ['trial 4', 'canary', { at: day(13) }])
    await clear()
    expect(await left('live 1', 'live 2', 'live 3', 'live 4', 'trial 1', 'trial 2', 'trial 3')).toEqual([
      'live 2',
      'live 3',
      'live 4',
      'trial 2',
      'trial 3',
    ])
  })

  test('that another persona needs stay until it needs them no more', async () => {
    const other = { ...aKey, login: 'other' }
    await scene.agree()
    await scene.agree(other, { repositoryId: 7, personId: 43 })
    await keep(['one', 'refused'], ['one', 'live', { key: other }])
    await clear()
    expect(await left('one')).toEqual(['one'])
    expect(dropped).toEqual([])
    await scene.store.forget(other)
    await clear()
    expect(await left('one')).toEqual([])
  })

  test('that are loaded for another purpose, or cannot be unloaded or removed, go the next time', async () => {
    await scene.agree()
    await keep(['held', 'refused'], ['loaded', 'refused'], ['busy', 'refused'])
    const registry = await openRegistry(directory)
    const refuse = async (hash: string) => {
      if (hash === hashOf('busy')) throw new Error('The folder is busy.')
      await registry.remove(hash)
    }
    await clear({
      registry: { remove: refuse },
      held: new Set([adapterName(hashOf('held'))]),
      drop: async (name) => {
        if (name === adapterName(hashOf('loaded'))) throw new Error('The engine is away.')
      },
    })
    expect(await left('held', 'loaded', 'busy')).toEqual(['held', 'loaded', 'busy'])
    expect(failures).toHaveLength(2)
    await clear()
    expect(failures).toHaveLength(2)
    expect(await left('held', 'loaded', 'busy')).toEqual([])
  })

  test('that are given up make no version live any more, until it is trained anew', async () => {
    await scene.agree()
    await keep(['live', 'live'], ['refused', 'refused'])
    const refused = aVersion({ hash: hashOf('refused'), state: 'refused' })
    const states = async () => (await scene.store.versions(aKey)).map(({ state }) => state)
    await scene.store.giveUpFiles(refused.hash)
    await scene.store.giveUpFiles(hashOf('live'))
    expect(await scene.store.leftovers()).toEqual([refused.hash])
    expect(await scene.store.setVersionState(aKey, refused.name, 'live')).toBe(false)
    expect(await states()).toEqual(['refused', 'live'])
    await scene.store.saveVersion({ ...refused, state: 'training' })
    expect(await scene.store.leftovers()).toEqual([])
    await clear()
    expect(await left('refused')).toEqual(['refused'])
    expect(await scene.store.setVersionState(aKey, refused.name, 'live')).toBe(true)
  })

  test('are there for whatever is live, also where it is chosen while they are given up', async () => {
    await scene.agree()
    for (let turn = 0; turn < 10; turn++) {
      await keep([`one ${turn}`, 'refused'])
      const name = adapterName(hashOf(`one ${turn}`))
      const [isLive] = await Promise.all([scene.store.setVersionState(aKey, name, 'live'), clear()])
      const found = (await scene.store.versions(aKey)).find((version) => version.name === name)
      expect(found).toMatchObject(isLive ? { state: 'live', hasFiles: true } : { hasFiles: false })
      expect(await left(`one ${turn}`)).toHaveLength(isLive ? 1 : 0)
    }
  })
})
