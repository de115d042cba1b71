import { describe, expect, test } from 'vitest'
import { people, personaScene } from '../../../support/persona/persona-scene.ts'

const inStyle = { kind: 'persona', username: 'maintainer', forceReload: false, full: false } as const
const byPaths = "personas:\n  - login: maintainer\n    paths: ['src/**']\n"
const byOwners = 'personas:\n  - login: maintainer\n    codeowners: true\n'
const files = { 'src/app.ts': 'const a = 1\nconst b = 2\n', 'docs/a.md': 'One\n' }

type Wanted = NonNullable<Parameters<typeof personaScene>[0]>

/** A scene whose maintainer has agreed and can speak. */
async function ready(wanted: Wanted) {
  const scene = await personaScene({ files, ...wanted })
  await scene.say({ kind: 'opt-in' }, people.maintainer)
  await scene.say(inStyle)
  scene.calls.splice(0)
  scene.asked.splice(0)
  return scene
}

describe('a review that nobody asked a voice for', () => {
  test('asks for none, and nobody about it, where the policy routes nothing', async () => {
    await using scene = await personaScene({ policy: 'personas:\n  - login: maintainer\n' })
    await scene.review()
    expect(scene.calls).toEqual([])
    expect(scene.asked[0]?.persona).toBeUndefined()
  })

  test('asks for the voice to join on the files that the policy gives it', async () => {
    await using scene = await ready({ policy: byPaths })
    await scene.review()
    expect(scene.asked).toMatchObject([
      { persona: { id: 2, login: 'maintainer', beside: true, files: ['src/app.ts'] } },
    ])
    expect(scene.calls).toEqual(['account', 'status'])
    expect(scene.asked[0]?.full).toBeUndefined()
  })

  test('asks nobody where the change holds none of the files', async () => {
    await using scene = await ready({ policy: "personas:\n  - login: maintainer\n    paths: ['lib/**']\n" })
    await scene.review()
    expect(scene.calls).toEqual([])
  })

  test('CODEOWNERS at the base routes as well; what the change says in it does not', async () => {
    const base = { '.github/CODEOWNERS': '*.md @maintainer\n' }
    const hostile = { ...files, '.github/CODEOWNERS': '* @maintainer\n' }
    await using scene = await ready({ policy: byOwners, base, files: hostile })
    await scene.review()
    expect(scene.asked).toMatchObject([{ persona: { beside: true, files: ['docs/a.md'] } }])
  })

  test('a voice that is not ready is not asked for, and the review takes place', async () => {
    await using scene = await personaScene({ policy: byPaths, files })
    expect(await scene.review()).toMatchObject({ kind: 'reviewed', check: { conclusion: 'success' } })
    expect(scene.calls).toEqual(['account', 'status'])
    expect(scene.asked[0]?.persona).toBeUndefined()
  })

  test('a voice that cannot be asked about costs a line in the log', async () => {
    await using scene = await personaScene({ policy: byPaths, files })
    scene.roles.history.account = () => Promise.reject(new Error('canary'))
    expect(await scene.review()).toMatchObject({ kind: 'reviewed', check: { conclusion: 'success' } })
    expect(scene.log.join()).toMatch(/unexpected error/)
    expect(scene.log.join()).not.toContain('canary')
  })
})
