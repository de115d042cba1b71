import { expect, test } from 'vitest'
import { tellFeedback } from '../../../src/action/tell-feedback.ts'
import { ReviewError } from '../../../src/errors.ts'
import type { EarlierThread } from '../../../src/roles.ts'
import { memoryPersonas } from '../../support/persona/memory-personas.ts'
import { aPullRequest } from '../../support/review/a-pull-request.ts'
import { anEarlier } from '../../support/review/builders.ts'

const thread = (commentId: number, thumbs?: EarlierThread['thumbs']): EarlierThread => ({
  id: 'thread',
  commentId,
  path: 'src/app.ts',
  line: 2,
  marks: [],
  isOurs: true,
  isResolved: false,
  resolvedBy: null,
  hasHumanReply: false,
  canSettle: true,
  ...(thumbs === undefined ? {} : { thumbs }),
})

const records = [
  anEarlier({ standing: 'fixed', thread: { commentId: 1 } }),
  anEarlier({ standing: 'declined', thread: { commentId: 2 } }),
  anEarlier({ standing: 'open', thread: { commentId: 3 } }),
  anEarlier({ standing: 'open', thread: null }),
]
const threads = [thread(1, { up: 2, down: 0 }), thread(2), thread(3, { up: 1, down: 1 })]

function teller() {
  const memory = memoryPersonas()
  const log: string[] = []
  const note = (line: string) => log.push(line)
  const roles = { persona: async () => memory.roles, log: { info: note, warning: note } }
  return { ...memory, log, roles }
}

test('what became of findings is told, with the thumbs on their comments', async () => {
  const { calls, roles } = teller()
  await tellFeedback({ pullRequest: aPullRequest(), records, threads }, roles)
  expect(calls).toEqual(['fixed', 'up', 'declined', 'up', 'down'].map((kind) => `feedback: ${kind}`))
})

test('on a public repository thumbs do not count: anybody can give them', async () => {
  const { calls, roles } = teller()
  const { repository } = aPullRequest()
  const pullRequest = aPullRequest({ repository: { ...repository, isPublic: true } })
  await tellFeedback({ pullRequest, records, threads }, roles)
  expect(calls).toEqual(['feedback: fixed', 'feedback: declined'])
})

test('where nothing became of anything, nothing is loaded', async () => {
  const persona = () => Promise.reject(new Error('not to be loaded'))
  const { roles, log } = teller()
  await tellFeedback(
    { pullRequest: aPullRequest(), records: [anEarlier()], threads: [] },
    { ...roles, persona },
  )
  expect(log).toEqual([])
})

test('a server that takes no feedback costs a line in the log', async () => {
  const { roles, log } = teller()
  const refused = new ReviewError('server-refused', 'The server refuses.', { hint: 'Look there.' })
  const persona = () => Promise.reject(refused)
  await tellFeedback({ pullRequest: aPullRequest(), records, threads }, { ...roles, persona })
  expect(log).toEqual(['The server refuses. Look there.'])
})
