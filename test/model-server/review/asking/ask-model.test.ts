import { expect, it } from 'vitest'
import { openModel, type Question } from '../../../../runner/model-server/src/review/asking/ask-model.ts'
import { createUsageMeter } from '../../../../runner/model-server/src/review/asking/usage-meter.ts'
import { startDeadline } from '../../../../runner/model-server/src/review/deadline.ts'
import { createScriptedEngine } from '../../../support/scripted-engine.ts'

const question: Question = {
  messages: [{ role: 'user', content: 'const a = 1' }],
  schema: { type: 'object', properties: {} },
  maxTokens: 100,
  seed: 1,
}

it.each<[string, Partial<Question>]>([
  ['messages', { messages: [{ role: 'user', content: 'const a = 2' }] }],
  ['schema', { schema: { type: 'object', properties: { a: { type: 'null' } } } }],
  ['room', { maxTokens: 101 }],
  ['seed', { seed: 2 }],
  ['adapter', { adapter: 'lead-1' }],
])('never takes the kept answer of a question with other %s', async (_, other) => {
  const kept = new Map<string, string>()
  const cache = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, text: string) => {
      kept.set(key, text)
    },
  }
  const engine = createScriptedEngine((_request, call) => `answer ${call}`)
  using deadline = startDeadline(new AbortController().signal, Date.now() + 60_000, Date.now)
  const model = openModel({ engine, cache, priority: 0, deadline, meter: createUsageMeter(), now: Date.now })
  const ask = (asked: Question) => model.ask(asked, { read: (text) => text })
  expect(await ask(question)).toEqual({ kind: 'answer', value: 'answer 1' })
  expect(await ask({ ...question })).toEqual({ kind: 'answer', value: 'answer 1' })
  expect(await ask({ ...question, ...other })).toEqual({ kind: 'answer', value: 'answer 2' })
})
