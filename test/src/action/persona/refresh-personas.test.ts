import { expect, test } from 'vitest'
import { people, personaScene } from '../../../support/persona/persona-scene.ts'

const inStyle = { kind: 'persona', username: 'maintainer', forceReload: false, full: false } as const
const weekly = 'personas:\n  - login: maintainer\n    refresh: weekly\n'
const weekMs = 7 * 24 * 3600 * 1000

type Wanted = NonNullable<Parameters<typeof personaScene>[0]>

async function learnt(wanted: Wanted = {}) {
  const scene = await personaScene({ policy: weekly, trains: true, comments: 120, ...wanted })
  await scene.say({ kind: 'opt-in' }, people.maintainer)
  await scene.say(inStyle)
  scene.calls.splice(0)
  return scene
}

test('a persona that the policy refreshes weekly is read and trained again when a week is over', async () => {
  await using scene = await learnt()
  scene.pass(Date.parse('2026-02-01T00:00:00Z') + weekMs - scene.now())
  await scene.refresh()
  expect(scene.calls.filter((call) => call !== 'upload')).toEqual([
    'account',
    'status',
    'read from ""',
    'train',
  ])
})

test('one whose history was read this week is left alone', async () => {
  await using scene = await learnt()
  scene.pass(Date.parse('2026-02-01T00:00:00Z') + weekMs - 1000 - scene.now())
  await scene.refresh()
  expect(scene.calls).toEqual(['account', 'status'])
})

test('nobody is asked about where the policy refreshes nobody', async () => {
  await using scene = await learnt({ policy: 'personas:\n  - login: maintainer\n' })
  await scene.refresh()
  expect(scene.calls).toEqual([])
})

test('without consent nothing is read', async () => {
  await using scene = await personaScene({ policy: weekly, trains: true })
  await scene.refresh()
  expect(scene.calls).toEqual(['account', 'status'])
})

test('a failure costs a line in the log', async () => {
  await using scene = await learnt()
  scene.roles.personas.status = () => Promise.reject(new Error('canary'))
  await scene.refresh()
  expect(scene.log.join()).toMatch(/unexpected error/)
})
