import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../engine/parse-json.ts'
import type { GateLikelihood } from '../gate/gate-contract.ts'
import type { PersonaTexts } from '../persona-store.ts'
import type { TrainingSample } from './training-samples.ts'

const EvaluationRow = z.object({
  id: z.string().max(100),
  pull_request: z.int().min(1),
  tokens: z.int().min(1),
  base: z.number(),
  adapter: z.number(),
})

/** What a version is judged by: what the person said, or left alone, after all that it was trained on. */
export interface HeldOut {
  /** All that is kept of the persona. */
  readonly texts: PersonaTexts
  /** Samples of the part `test` that the trainer has measured as well. */
  readonly samples: readonly TrainingSample[]
  readonly likelihoods: readonly GateLikelihood[]
}

/** The likelihoods that the trainer measured on its held-out rows; lines that do not fit are passed over. */
export async function readLikelihoods(directory: string): Promise<readonly GateLikelihood[]> {
  const text = await readFile(join(directory, 'evaluation.jsonl'), 'utf8')
  return text.split('\n').flatMap((line) => {
    const row = EvaluationRow.safeParse(parseJson(line)).data
    if (row === undefined) return []
    const { pull_request: pullRequest, ...rest } = row
    return [{ ...rest, pullRequest }]
  })
}

/** What is still there of the rows that an adapter was measured on: a newer history may lack some of them. */
export function heldOut(
  texts: PersonaTexts,
  samples: readonly TrainingSample[],
  likelihoods: readonly GateLikelihood[],
): HeldOut {
  const measured = new Set(likelihoods.map(({ id }) => id))
  return { texts, likelihoods, samples: samples.filter(({ id }) => measured.has(id)) }
}
