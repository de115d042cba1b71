import type { PastComment } from '@ai-review/protocol/persona'
import { expect, it } from 'vitest'
import { runGateCases } from '../../../../runner/model-server/src/personas/training/gate-cases.ts'
import type { HeldOut } from '../../../../runner/model-server/src/personas/training/held-out.ts'
import { aPastComment } from '../../../support/persona/past-comment.ts'
import { answerWith, createScriptedEngine, type Scripted } from '../../../support/scripted-engine.ts'
import { aHistory } from '../../support/past-comments.ts'

/** The gate over these comments, of which `held` is held out, and what was asked of the engine. */
async function gateOver(comments: readonly PastComment[], held: PastComment, answer: () => Scripted) {
  const engine = createScriptedEngine(answer)
  const sample: HeldOut['samples'][number] = {
    id: `c${held.id}`,
    kind: 'comment',
    pull_request: held.pullRequest,
    prompt: [],
    completion: [],
    split: 'test',
    weight: 1,
  }
  const texts = { comments: [...comments, held], silences: [], colleagues: [] }
  const input = await runGateCases(
    { texts, samples: [sample], likelihoods: [] },
    {
      engine,
      adapter: 'a-0123456789ab',
      repositoryId: 7,
      signal: new AbortController().signal,
      onProgress: () => {},
    },
  )
  return {
    input,
    asked: engine.asked.map(({ messages }) => messages.map(({ content }) => content).join('\n')),
  }
}

const nothing = () => answerWith()
const heldAfter = (comments: readonly PastComment[]): PastComment =>
  aPastComment({ ...comments.at(-1), id: 9000, pullRequest: 9000, at: '2025-06-01T00:00:00.000Z' })

it('asks in the style of the newest comments, as a review does', async () => {
  const comments = aHistory(510).map((comment, index) => ({
    ...comment,
    body: index < 10 ? 'x '.repeat(400) : comment.body,
  }))
  const { asked } = await gateOver(comments, heldAfter(comments), nothing)
  expect(asked).toHaveLength(2)
  for (const text of asked) expect(text).toContain('measured over 500 comments')
})

it('shows neither side what was said later on another pull request', async () => {
  const comments = aHistory()
  const held = heldAfter(comments)
  const alike = aPastComment({ ...comments.at(-6), id: 9001, pullRequest: 1 })
  const late = { ...alike, body: `${alike.body} (said later)`, at: '2025-06-02T00:00:00.000Z' }
  const { asked } = await gateOver([...comments, late], held, nothing)
  expect(asked).toHaveLength(2)
  for (const text of asked) {
    expect(text).toContain('Example 1')
    expect(text).not.toContain('said later')
  }
})
