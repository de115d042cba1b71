import { describe, expect, test } from 'vitest'
import { EngineError } from '../../../../runner/model-server/src/engine/engine.ts'
import { LoadedAdapters } from '../../../../runner/model-server/src/personas/registry/loaded-adapters.ts'
import { createAdaptingEngine } from '../../../support/adapting-engine.ts'
import { aVersion, hashOf } from '../../support/persona-parts.ts'

const one = aVersion({ hash: hashOf('one'), state: 'live' })
const other = aVersion({ hash: hashOf('other'), state: 'live' })

/** Two versions that serve, and an engine that answers as told when the first is loaded. */
function scene(failure: { error: EngineError | null }, passed = true) {
  const engine = createAdaptingEngine({ answer: () => '' })
  const states = new Map<string, string>()
  const failures: unknown[] = []
  const parts = {
    store: {
      servingVersions: async () => [one, other],
      setVersionState: async (_key: unknown, name: string, state: string) => {
        states.set(name, state)
        return true
      },
    },
    registry: { isWhole: async () => true, directoryOf: (hash: string) => `/adapters/${hash}` },
    adapters: {
      ...engine.adapters,
      load: async (files: Parameters<typeof engine.adapters.load>[0]) => {
        if (files.name === one.name && failure.error !== null) throw failure.error
        await engine.adapters.load(files)
      },
    },
    baseModel: 'model-1',
    probe: async () => ({ passed }),
    held: new Set<string>(),
    onFailure: (error: unknown) => failures.push(error),
  }
  const loaded = new LoadedAdapters()
  return {
    engine,
    states,
    failures,
    round: () => loaded.bringInLine(parts, new AbortController().signal),
  }
}

describe('an adapter that serves', () => {
  test('and that the engine refuses stays what it is, and is loaded once the engine takes it', async () => {
    const failure: { error: EngineError | null } = { error: new EngineError('rejected', 'No such folder.') }
    const { round, states, engine } = scene(failure)
    expect(await round()).toMatchObject({ unusable: [one.name], loaded: [other.name], refused: [] })
    expect(states.size).toBe(0)
    failure.error = null
    expect(await round()).toMatchObject({ unusable: [], loaded: [one.name] })
    expect(engine.loaded.size).toBe(2)
  })

  test.each(['crashed', 'unavailable'] as const)(
    'and of which the engine is %s holds up no other',
    async (code) => {
      const { round, failures, engine } = scene({ error: new EngineError(code, 'It failed.') })
      expect(await round()).toMatchObject({ loaded: [other.name] })
      expect(failures).toMatchObject([{ code }])
      expect([...engine.loaded.keys()]).toEqual([other.name])
    },
  )

  test('and that fails its probe is out', async () => {
    const { round, states, engine } = scene({ error: null }, false)
    expect(await round()).toMatchObject({ refused: [one.name, other.name] })
    expect([...states.values()]).toEqual(['failed-probe', 'failed-probe'])
    expect(engine.loaded.size).toBe(0)
  })
})
