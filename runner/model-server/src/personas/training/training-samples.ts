import type { Message } from '../../engine/engine.ts'
import type { PersonaTexts } from '../persona-store.ts'
import { balanceSilences, type Split, splitPullRequests } from './split-samples.ts'

/** What a comment teaches, as a question that was asked and the answer to it. */
export interface RenderedRow {
  /** `c` and the number of a comment, or `s` and the id of a silence. */
  readonly id: string
  readonly kind: 'comment' | 'silence'
  readonly pull_request: number
  readonly prompt: readonly Message[]
  readonly completion: readonly Message[]
}

/** A row of `samples.jsonl`. */
export interface TrainingSample extends RenderedRow {
  readonly split: Split
  readonly weight: number
}

/** How much a comment teaches by what became of it: what the author acted on was worth saying. */
export const weights = { yes: 1.5, unknown: 1, no: 0.5 } as const

export type RenderRows = (texts: PersonaTexts) => readonly RenderedRow[]

/** What a training learns from and is judged by, in the order of the parts. */
export function trainingSamples(texts: PersonaTexts, render: RenderRows): readonly TrainingSample[] {
  const split = splitPullRequests(texts)
  const weightOf = new Map(texts.comments.map(({ id, addressed }) => [`c${id}`, weights[addressed]]))
  const order: readonly Split[] = ['train', 'validation', 'test']
  const rows = render(balanceSilences(texts, split)).map((row) => ({
    ...row,
    split: split.get(row.pull_request) ?? 'train',
    weight: weightOf.get(row.id) ?? 1,
  }))
  return rows.sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split))
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
