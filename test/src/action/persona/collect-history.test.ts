import { expect, test } from 'vitest'
import { collectHistory } from '../../../../src/action/persona/collect-history.ts'
import type { ReviewerHistory } from '../../../../src/roles.ts'
import { memoryHistory } from '../../../support/persona/memory-history.ts'
import { memoryPersonaServer } from '../../../support/persona/memory-persona-server.ts'

const persona = { repository: { id: 1, owner: 'acme', name: 'shop' }, person: { id: 2, login: 'maintainer' } }

test('a history that GitHub keeps waiting for leaves the review its time', async () => {
  const personas = memoryPersonaServer({}, [])
  const first = memoryHistory({ comments: 30 }, [])
  const history: ReviewerHistory = {
    ...first,
    async *read(person, cursor) {
      for await (const piece of first.read(person, cursor === '' ? '0' : cursor)) {
        yield piece
        await new Promise(() => {})
      }
    },
  }
  const collected = await collectHistory(
    {
      ...{ persona, called: { login: 'maintainer' }, status: await personas.status(persona) },
      ...{ afresh: false, session: 'run-1', until: Date.now() + 300 },
    },
    {
      ...{ personas, history, teller: { tell: async () => {}, tellLast: async () => {} } },
      ...{ now: () => Date.now(), signal: new AbortController().signal },
    },
  )
  expect(collected).toMatchObject({ isWhole: false, status: { collection: { comments: 10, cursor: '10' } } })
})
