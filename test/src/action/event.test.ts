import { describe, expect, test } from 'vitest'
import { readTrigger } from '../../../src/action/event.ts'

const headSha = 'a'.repeat(40)
const pullRequestEvent = (action: string) => ({
  name: 'pull_request',
  payload: { action, pull_request: { number: 7, head: { sha: headSha, ref: 'x' } }, sender: { id: 1 } },
})

describe('a pull request event', () => {
  test.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])(
    '%s is reviewed at its head',
    (action) => {
      expect(readTrigger(pullRequestEvent(action))).toEqual({ kind: 'pull-request', number: 7, headSha })
    },
  )

  test.each(['closed', 'labeled', 'edited', 'assigned'])('%s is ignored', (action) => {
    expect(readTrigger(pullRequestEvent(action))).toEqual({ kind: 'ignored', reason: 'other-action' })
  })

  test.each([
    null,
    [],
    {},
    { action: 'opened' },
    { action: 'opened', pull_request: { number: 0, head: { sha: headSha } } },
    { action: 'opened', pull_request: { number: 7, head: { sha: '--upload-pack=x' } } },
  ])('with the payload %j is told as no pull request', (payload) => {
    expect(() => readTrigger({ name: 'pull_request', payload })).toThrow(/holds no pull request/)
  })
})

describe('a run by hand', () => {
  test('takes the number of the input', () => {
    const event = { name: 'workflow_dispatch', payload: { inputs: null }, pullRequest: 12 }
    expect(readTrigger(event)).toEqual({ kind: 'dispatch', number: 12 })
  })

  test('takes the number that was typed into the form where the workflow does not pass it on', () => {
    const event = { name: 'workflow_dispatch', payload: { inputs: { 'pull-request': '12' } } }
    expect(readTrigger(event)).toEqual({ kind: 'dispatch', number: 12 })
  })

  test.each([{}, { inputs: null }, { inputs: {} }, { inputs: { 'pull-request': '-1' } }])(
    'without a number (%j) says which input is missing',
    (payload) => {
      expect(() => readTrigger({ name: 'workflow_dispatch', payload })).toThrow(
        /input pull-request is missing/,
      )
    },
  )
})

test.each(['push', 'schedule', 'issue_comment', 'pull_request_target'])('the event %s is refused', (name) => {
  expect(() => readTrigger({ name, payload: {}, pullRequest: 3 })).toThrow(
    expect.objectContaining({ code: 'bad-event', hint: expect.stringContaining('pull_request') }),
  )
})
