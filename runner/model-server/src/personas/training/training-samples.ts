import type { PersonaTexts } from '../persona-store.ts'
import { styleOfTexts } from '../style/style-of-texts.ts'
import { renderTrainingRows, type TrainingRow } from '../training-rows.ts'
import { balanceSilences, type Split, splitPullRequests, splits } from './split-samples.ts'

/** A row of `samples.jsonl`. */
export interface TrainingSample extends TrainingRow {
  readonly split: Split
  readonly weight: number
}

/** How much a comment teaches by what became of it: what the author acted on was worth saying. */
const weights = { yes: 1.5, unknown: 1, no: 0.5 } as const

/**
 * Longest sample in tokens, as the trainer presets `train.max_length`. The same on a server that only trains and on one
 * that has the model: both must render the same rows.
 */
const longestSample = 4096

interface SamplesAbout {
  readonly repositoryId: number
  /** Of the model, where this server has it. */
  readonly contextTokens: number | null
}

/** What a training learns from and is judged by: part after part, each oldest first. The same texts give the same samples. */
export async function trainingSamples(
  texts: PersonaTexts,
  { repositoryId, contextTokens }: SamplesAbout,
): Promise<readonly TrainingSample[]> {
  const split = splitPullRequests(texts)
  const { silences, colleagues } = balanceSilences(texts, split)
  // A memory prefers what it was told first among equals: the order must be one of their own.
  const comments = texts.comments.toSorted((a, b) => (a.at === b.at ? b.id - a.id : a.at < b.at ? 1 : -1))
  const learned = comments.filter(({ pullRequest }) => split.get(pullRequest) === 'train')
  const style = styleOfTexts({ comments: learned, colleagues })
  const rows = await renderTrainingRows(
    { comments, silences },
    { repositoryId, style, contextTokens: Math.min(longestSample, contextTokens ?? longestSample) },
  )
  const weightOf = new Map(comments.map(({ id, addressed }) => [`c${id}`, weights[addressed]]))
  const samples = rows.map(
    (row): TrainingSample => ({
      ...row,
      split: split.get(row.pull_request) ?? 'train',
      weight: weightOf.get(row.id) ?? 1,
    }),
  )
  return samples.sort((a, b) => splits.indexOf(a.split) - splits.indexOf(b.split))
}

/** How many samples there are of each part, as the card tells. */
export function countSamples(samples: readonly Pick<TrainingSample, 'split' | 'kind'>[]): {
  readonly train: number
  readonly validation: number
  readonly test: number
  readonly silences: number
} {
  const of = (split: Split) => samples.filter((sample) => sample.split === split).length
  return {
    train: of('train'),
    validation: of('validation'),
    test: of('test'),
    silences: samples.filter(({ kind }) => kind === 'silence').length,
  }
}
