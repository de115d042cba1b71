import { z } from 'zod'
import { type Engine, EngineError, type Message, type ScoreRequest } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpClient } from './http-client.ts'

type Score = NonNullable<Engine['score']>

interface ScoringServer {
  readonly client: HttpClient
  readonly model: string
  readonly templateOptions: Readonly<Record<string, unknown>>
  /** Whether the server takes priorities. */
  readonly priority: boolean
}

/** Texts in which no mark of a chat template is left. */
type ScoredTexts = Pick<ScoreRequest, 'messages' | 'completion' | 'adapter' | 'signal'>

const Tokenized = z.object({ tokens: z.array(z.int().min(0)).min(1) })
const Scored = z.object({
  choices: z
    .array(
      z.object({
        prompt_logprobs: z.array(z.record(z.string(), z.object({ logprob: z.number() })).nullable()),
      }),
    )
    .min(1),
})

/** Nobody waits for a score. */
const scorePriority = 1_000_000

/**
 * vLLM tells the probability of every token of a prompt, so prompt and completion are sent as one prompt, in tokens.
 * Undefined where the server has no tokenizer of its own or tells no such probabilities.
 */
export async function probeScoring(server: ScoringServer): Promise<Score | undefined> {
  const score = scorer(server)
  const { signal } = new AbortController()
  const messages: readonly Message[] = [{ role: 'user', content: 'a' }]
  const isOffered = await score({ messages, completion: 'b', signal }).then(
    (scores) => scores.length > 0,
    () => false,
  )
  return isOffered ? score : undefined
}

function scorer({ client, model, templateOptions, priority }: ScoringServer): Score {
  const tokenize = async (body: object, signal: AbortSignal) => {
    const text = await client.text({ path: '/tokenize', body: { model, ...body }, signal })
    return parsed(Tokenized, text).tokens
  }
  const split = async ({ messages, completion, signal }: ScoredTexts) => {
    const prompt = await tokenize({ messages, add_generation_prompt: true, ...templateOptions }, signal)
    if (completion === '') return { prompt, answer: [] }
    const answer = await tokenize({ prompt: completion, add_special_tokens: false }, signal)
    const turn = [...messages, { role: 'assistant', content: completion }]
    const whole = await tokenize({ messages: turn, add_generation_prompt: false, ...templateOptions }, signal)
    const known = [...prompt, ...answer]
    const isInTemplate = known.every((token, index) => whole[index] === token)
    return { prompt, answer: isInTemplate ? whole.slice(prompt.length, known.length + 1) : answer }
  }

  return async (request) => {
    const { prompt, answer } = await split(request)
    const tokens = [...prompt, ...answer]
    const body = {
      model: request.adapter ?? model,
      prompt: tokens,
      max_tokens: 1,
      temperature: 0,
      prompt_logprobs: 0,
      ...(priority ? { priority: scorePriority } : {}),
    }
    const text = await client.text({ path: '/v1/completions', body, signal: request.signal })
    const [choice] = parsed(Scored, text).choices
    return answer.map((token, index) => {
      const told = choice?.prompt_logprobs[prompt.length + index]?.[token]
      if (told === undefined) throw new EngineError('rejected', unknownProtocol)
      return told.logprob
    })
  }
}

const unknownProtocol = 'The model server tells probabilities in another protocol.'

function parsed<Shape extends z.ZodType>(shape: Shape, text: string): z.output<Shape> {
  const result = shape.safeParse(parseJson(text))
  if (!result.success) throw new EngineError('rejected', unknownProtocol)
  return result.data
}
