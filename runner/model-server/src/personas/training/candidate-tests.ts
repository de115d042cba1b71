import type { Engine } from '../../engine/engine.ts'
import { judgeAdapter } from '../gate/judge-adapter.ts'
import type { PersonaStore } from '../persona-store.ts'
import { type ProbeCase, probeAdapter } from '../probe/probe-adapter.ts'
import { runGateCases } from './gate-cases.ts'
import type { HeldOut } from './held-out.ts'
import type { CandidateTests } from './settle-candidate.ts'

interface CandidateTestsParts {
  readonly engine: Engine
  readonly store: Pick<PersonaStore, 'find'>
}

/** The probe and the gate, asked of an engine. */
export function candidateTests({ engine, store }: CandidateTestsParts): CandidateTests {
  return {
    probe: (version, held, signal) =>
      probeAdapter({ engine, adapter: version.name, cases: held === null ? [] : probeCases(held), signal }),
    gate: async (version, held, { signal, tell }) => {
      const record = await store.find(version.key)
      const input = await runGateCases(held, {
        engine,
        adapter: version.name,
        repositoryId: record?.repositoryId ?? 0,
        signal,
        onProgress: (step, steps) => tell({ step, steps }),
      })
      return await judgeAdapter(input)
    },
  }
}

/** Held-out answers with the likelihood that the trainer measured. */
function probeCases({ samples, likelihoods }: HeldOut): readonly ProbeCase[] {
  const measured = new Map(likelihoods.map((each) => [each.id, each]))
  return samples.flatMap(({ id, prompt, completion }) => {
    const [answer] = completion
    const likelihood = measured.get(id)
    if (answer === undefined || likelihood === undefined) return []
    const { tokens, adapter: logProbability } = likelihood
    return [{ messages: prompt, completion: answer.content, tokens, logProbability }]
  })
}
