import type { NotReachedReason } from '@ai-review/protocol/review'
import PQueue from 'p-queue'
import { parseJson } from '../engine/parse-json.ts'
import type { Admitted } from './admit.ts'
import type { Model, Question } from './asking/ask-model.ts'
import { identityOf, plainText } from './identity.ts'
import { Verdict } from './prompt/answer-schema.ts'
import { disproveQuestion } from './prompt/disprove-question.ts'

export interface Disproved {
  readonly admitted: readonly Admitted[]
  readonly disproved: number
  /** Findings that no verdict was reached on. */
  readonly unverified: number
}

/** Factor on the confidence of a finding that was neither disproved nor confirmed. */
const unsureConfidence = 0.6

/** Tokens of a verdict: two sentences and a word. */
const verdictTokens = 220

type Judgement = Verdict['verdict'] | 'unreached'

const readVerdict = (text: string): Verdict | null => Verdict.safeParse(parseJson(text)).data ?? null

const asksModel = ({ reviewer }: Admitted['candidate']): boolean =>
  reviewer === 'model' || reviewer === 'persona'

/** The question with as many lines around the finding as fit, or why it cannot be asked. */
async function fittingQuestion(model: Model, one: Admitted): Promise<Question | NotReachedReason> {
  for (const reach of [40, 6]) {
    const { messages, schema } = disproveQuestion(one, reach)
    const tokens = await model.countTokens(messages)
    if (typeof tokens === 'string') return tokens
    const question: Question = { messages, schema, maxTokens: verdictTokens, seed: 1 }
    if (tokens + verdictTokens <= model.contextTokens) return question
  }
  return 'too-large'
}

async function judge(model: Model, one: Admitted): Promise<Judgement> {
  const question = await fittingQuestion(model, one)
  if (typeof question === 'string') return 'unreached'
  const answer = await model.ask(question, { read: readVerdict })
  return answer.kind === 'answer' ? answer.value.verdict : 'unreached'
}

function lessSure(one: Admitted): Admitted {
  const confidence = one.candidate.confidence * unsureConfidence
  return { ...one, candidate: { ...one.candidate, confidence } }
}

const identityOfAdmitted = ({ candidate, lines }: Admitted): string =>
  identityOf({
    path: candidate.path,
    category: candidate.category,
    text: plainText(lines.map((line) => line.text)),
  })

/**
 * Lets the base model try to disprove what the model found; the same finding raised twice is judged once. What is
 * disproved goes and is counted; what stays in doubt, or could not be judged, stays with less confidence.
 */
export async function disprove(
  admitted: readonly Admitted[],
  model: Model,
  onProgress: (done: number, total: number) => void,
): Promise<Disproved> {
  const fromModel = admitted.filter((one) => asksModel(one.candidate))
  const groups = [...Map.groupBy(fromModel, identityOfAdmitted).values()]
  const judgements = new Map<Admitted, Judgement>()
  let done = 0
  onProgress(0, groups.length)
  const tasks = groups.map((group) => async () => {
    const [first] = group
    const judgement = first === undefined ? 'unreached' : await judge(model, first)
    for (const one of group) judgements.set(one, judgement)
    done += 1
    onProgress(done, groups.length)
  })
  await new PQueue({ concurrency: model.parallel }).addAll(tasks)
  const countOf = (judgement: Judgement) =>
    fromModel.filter((one) => judgements.get(one) === judgement).length
  const kept = admitted.filter((one) => judgements.get(one) !== 'wrong')
  const isSure = (one: Admitted) => (judgements.get(one) ?? 'real') === 'real'
  return {
    admitted: kept.map((one) => (isSure(one) ? one : lessSure(one))),
    disproved: countOf('wrong'),
    unverified: countOf('unreached'),
  }
}
