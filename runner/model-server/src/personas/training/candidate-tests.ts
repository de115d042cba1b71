import type { Engine } from '../../engine/engine.ts'
import { judgeAdapter } from '../gate/judge-adapter.ts'
import type { PersonaStore } from '../persona-store.ts'
import { runGateCases } from './gate-cases.ts'
import type { CandidateTests } from './settle-candidate.ts'

interface CandidateTestsParts {
  readonly engine: Engine
  readonly store: Pick<PersonaStore, 'find'>
}

/** The probe and the gate, asked of an engine. */
export function candidateTests({ engine, store }: CandidateTestsParts): CandidateTests {
  return {
    probe: async () => ({ passed: true, reason: '' }),
    gate: async (version, held, { signal, tell }) => {
      const record = await store.find(version.key)
      const input = await runGateCases(held, {
        engine,
        adapter: version.name,
        repositoryId: record?.repositoryId ?? 0,
        signal,
        onProgress: (step, steps) => tell({ step, steps }),
      })
      return judgeAdapter(input)
    },
  }
}
