import type { PastComment, Silence } from '@ai-review/protocol/persona'
import type { Engine } from '../../engine/engine.ts'
import { askPersona } from '../ask-persona.ts'
import type { GateCase, GateInput } from '../gate/gate-contract.ts'
import { createMemory } from '../retrieval/memory.ts'
import { spread } from '../spread.ts'
import { styleOfTexts } from '../style/style-of-texts.ts'
import type { HeldOut } from './held-out.ts'

/** Questions that a gate asks at most, each of the base model and of the adapter. */
const casesMax = 60
/** Reviews go before: their lowest priority is far above it. */
const gatePriority = 1_000_000

interface GateRun {
  readonly engine: Engine
  readonly adapter: string
  readonly repositoryId: number
  readonly signal: AbortSignal
  readonly onProgress: (done: number, of: number) => void
}

/**
 * What the gate decides by: the same questions about held-out comments and silences, with the same examples of before,
 * to the base model and to the adapter. Throws the EngineErrors of the engine.
 */
export async function runGateCases(held: HeldOut, run: GateRun): Promise<GateInput> {
  const { engine, adapter, repositoryId, signal, onProgress } = run
  const { comments, colleagues } = held.texts
  const later = new Set(held.samples.map(({ pull_request: pullRequest }) => pullRequest))
  const earlier = comments.filter(({ pullRequest }) => !later.has(pullRequest))
  const own = earlier.map(({ body }) => body)
  const others = colleagues.map(({ body }) => body)
  const embed = engine.embed?.bind(engine)
  const voice = {
    memory: await createMemory(earlier, { repositoryId, ...(embed === undefined ? {} : { embed }) }),
    style: styleOfTexts({ ...held.texts, comments: earlier }),
  }
  const chosen = chooseCases(held)
  const cases: GateCase[] = []
  for (const { id, sample } of chosen) {
    signal.throwIfAborted()
    const about = { engine, voice, repositoryId, sample, priority: gatePriority, signal }
    cases.push({
      id,
      pullRequest: sample.pullRequest,
      truth: 'body' in sample ? { line: sample.line, body: sample.body } : null,
      base: await askPersona(about),
      adapter: await askPersona({ ...about, adapter }),
    })
    onProgress(cases.length, chosen.length)
  }
  return { cases, likelihoods: held.likelihoods, own, others }
}

interface ChosenCase {
  readonly id: string
  readonly sample: PastComment | Silence
}

/** Half of them comments where there are enough, spread evenly over the held-out time. */
function chooseCases({ samples, texts }: HeldOut): readonly ChosenCase[] {
  const known = new Map<string, PastComment | Silence>([
    ...texts.comments.map((comment) => [`c${comment.id}`, comment] as const),
    ...texts.silences.map((silence) => [`s${silence.id}`, silence] as const),
  ])
  const found = samples.flatMap(({ id }) => {
    const sample = known.get(id)
    return sample === undefined ? [] : [{ id, sample }]
  })
  const spoken = found.filter(({ sample }) => 'body' in sample)
  const silent = found.filter(({ sample }) => !('body' in sample))
  const silences = spread(silent, Math.max(casesMax / 2, casesMax - spoken.length))
  return [...spread(spoken, casesMax - silences.length), ...silences]
}
