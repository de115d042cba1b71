import { expect, it } from 'vitest'
import { openModel, type Question } from '../../../../runner/model-server/src/review/asking/ask-model.ts'
import { createUsageMeter } from '../../../../runner/model-server/src/review/asking/usage-meter.ts'
import { type Deadline, startDeadline } from '../../../../runner/model-server/src/review/deadline.ts'
import type { VoiceName } from '../../../../runner/model-server/src/review/pipeline-contract.ts'
import { createScriptedEngine } from '../../../support/scripted-engine.ts'

const question: Question = {
  messages: [{ role: 'user', content: 'const a = 1' }],
  schema: { type: 'object', properties: {} },
  maxTokens: 100,
  seed: 1,
}

/** Models that count their answers and share what is kept. */
function keeping() {
  const kept = new Map<string, string>()
  const cache = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, text: string) => {
      kept.set(key, text)
    },
  }
  const engine = createScriptedEngine((_request, call) => `answer ${call}`)
  return {
    open: (deadline: Deadline, voice?: VoiceName) => {
      const parts = { engine, cache, priority: 0, deadline, meter: createUsageMeter(), now: Date.now }
      const model = openModel({ ...parts, voice })
      return (asked: Question) => model.ask(asked, { read: (text) => text })
    },
  }
}

it('keeps an answer in the style of a person for that person of that repository alone', async () => {
  const { open } = keeping()
  using deadline = startDeadline(new AbortController().signal, Date.now() + 60_000, Date.now)
  const asked = [
    open(deadline, { repositoryId: 1, login: 'maintainer' }),
    open(deadline, { repositoryId: 2, login: 'maintainer' }),
    open(deadline, { repositoryId: 1, login: 'contributor' }),
    open(deadline),
    open(deadline, { repositoryId: 1, login: 'Maintainer' }),
  ]
  const answers = []
  for (const ask of asked) answers.push(await ask(question))
  expect(answers.map((answer) => 'value' in answer && answer.value)).toEqual([
    'answer 1',
    'answer 2',
    'answer 3',
    'answer 4',
    'answer 1',
  ])
})

it.each<[string, Partial<Question>]>([
  ['messages', { messages: [{ role: 'user', content: 'const a = 2' }] }],
  ['schema', { schema: { type: 'object', properties: { a: { type: 'null' } } } }],
  ['room', { maxTokens: 101 }],
  ['seed', { seed: 2 }],
  ['adapter', { adapter: 'lead-1' }],
])('never takes the kept answer of a question with other %s', async (_, other) => {
  const { open } = keeping()
  using deadline = startDeadline(new AbortController().signal, Date.now() + 60_000, Date.now)
  const ask = open(deadline)
  expect(await ask(question)).toEqual({ kind: 'answer', value: 'answer 1' })
  expect(await ask({ ...question })).toEqual({ kind: 'answer', value: 'answer 1' })
  expect(await ask({ ...question, ...other })).toEqual({ kind: 'answer', value: 'answer 2' })
})
