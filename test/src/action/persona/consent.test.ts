import { describe, expect, test } from 'vitest'
import { liveParts } from '../../../support/e2e/live-parts.ts'
import { people, personaScene } from '../../../support/persona/persona-scene.ts'

const inStyle = { kind: 'persona', username: 'Maintainer', forceReload: false, full: false } as const
const optIn = { kind: 'opt-in' } as const

const ownCommit = { kind: 'commit', reference: 'a'.repeat(40), at: '2026-04-01T00:00:00Z' } as const

describe('a persona that nobody listed, or who has not agreed', () => {
  test('who is not in the policy at the base is refused, with the way to opt in, and nobody is asked', async () => {
    await using scene = await personaScene({ policy: 'max-comments: 3\n' })
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'not-listed' })
    expect(scene.talk.said).toEqual([expect.stringMatching(/- login: Maintainer[\s\S]*--opt-in`/)])
    expect(liveParts(scene.talk.said.join())).toEqual([])
    expect(scene.calls).toEqual([])
    expect(scene.asked).toEqual([])
    expect(scene.talk.reactions).toEqual(['issue 61: eyes', 'issue 61: confused'])
  })

  test('a policy that cannot be used is told as such, with what is wrong in it', async () => {
    await using scene = await personaScene({ policy: 'personas:\n  - login: "@maintainer"\n' })
    await scene.say(inStyle)
    await scene.say(optIn, people.maintainer)
    for (const said of scene.talk.said) {
      expect(said).toMatch(/cannot be used[\s\S]*line 2: .*must be the login/)
      expect(said).not.toContain('- login:')
    }
    expect(scene.talk.said).toHaveLength(2)
  })

  test.each([
    ['optin', '--opt-in'],
    ['forget', '--forget'],
    ['HELP', '--help'],
  ])('a flag without its dashes (%s) is told how it is written', async (username, flag) => {
    await using scene = await personaScene()
    await scene.say({ ...inStyle, username })
    expect(scene.talk.said).toEqual([expect.stringContaining(`\`@tech-lead-bot ${flag}\``)])
    expect(scene.talk.said.join()).not.toContain('- login:')
  })

  test('who misspells a name is told whom the policy lists', async () => {
    await using scene = await personaScene()
    await scene.say({ ...inStyle, username: 'mantainer' })
    expect(scene.talk.said).toEqual([expect.stringContaining('It lists `maintainer`.')])
  })

  test('who is listed and has not agreed is refused, and nothing is read', async () => {
    await using scene = await personaScene()
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'no-consent' })
    expect(scene.talk.said).toEqual([expect.stringContaining('have not agreed')])
    expect(scene.calls).toEqual(['account', 'status', 'own commit'])
  })

  test('an account that is gone has no persona', async () => {
    await using scene = await personaScene({ accounts: {} })
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'no-account' })
    expect(scene.calls).toEqual(['account'])
  })

  test('a commit of their own is a consent', async () => {
    await using scene = await personaScene({ ownCommit })
    expect(await scene.say(inStyle)).toMatchObject({ kind: 'reviewed' })
    expect(scene.calls).toEqual(expect.arrayContaining(['own commit', 'agree', 'upload']))
  })

  test('a commit from before a withdrawal is none any more', async () => {
    await using scene = await personaScene({ ownCommit })
    await scene.say(inStyle)
    await scene.say({ kind: 'forget' }, people.maintainer)
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'no-consent' })
    expect(scene.asked).toHaveLength(1)
  })
})

describe('opting in', () => {
  test('is for the person alone, whatever their role, and says what is collected and how it ends', async () => {
    await using scene = await personaScene({ roles: {} })
    expect(await scene.say(optIn, people.maintainer)).toEqual({ kind: 'answered', reason: 'opted-in' })
    expect(scene.calls).toEqual(['status', 'agree'])
    const [said = ''] = scene.talk.said
    expect(said).toMatch(/The Maintainer agreed[\s\S]*collected[\s\S]*--forget`/)
    expect(said).toContain(`[card](http://gpu-box:8787/cards/${'c'.repeat(32)})`)
  })

  test('twice says shortly that it stands; after a withdrawal it is told in full again', async () => {
    await using scene = await personaScene()
    await scene.say(optIn, people.maintainer)
    await scene.say(optIn, people.maintainer)
    await scene.say({ kind: 'forget' }, people.maintainer)
    await scene.say(optIn, people.maintainer, '2026-07-01T00:00:00Z')
    const [first = '', second = '', , third = ''] = scene.talk.said
    expect(second).toMatch(/^The Maintainer has agreed before, and that stands\./)
    expect(third).toContain(first.split('\n\n<!--')[0])
  })

  test('is not for one whom the policy does not list', async () => {
    await using scene = await personaScene({ roles: {} })
    await scene.say(optIn, people.outsider)
    expect(await scene.say(optIn, people.outsider)).toEqual({ kind: 'answered', reason: 'not-listed' })
    expect(scene.talk.said).toHaveLength(1)
    expect(scene.calls).toEqual([])
  })

  test('the event of a comment from before the withdrawal revives nothing when it is run again', async () => {
    await using scene = await personaScene()
    await scene.say(optIn, people.maintainer)
    await scene.say({ kind: 'forget' }, people.maintainer)
    await expect(scene.say(optIn, people.maintainer)).rejects.toMatchObject({ code: 'no-consent' })
    expect(await scene.say(optIn, people.maintainer, '2026-05-01T00:00:01Z')).toMatchObject({
      reason: 'opted-in',
    })
  })
})

describe('forgetting', () => {
  test('oneself takes no role, nor to be listed any more, and counts what went', async () => {
    await using scene = await personaScene({ ownCommit, comments: 30 })
    await scene.say(inStyle)
    expect(await scene.say({ kind: 'forget' }, { ...people.maintainer })).toEqual({
      kind: 'answered',
      reason: 'forgotten',
    })
    expect(scene.talk.said.at(-1)).toContain('30 past comments')
    await using unlisted = await personaScene({ policy: 'max-comments: 3\n', roles: {} })
    const own = { kind: 'forget', username: 'MAINTAINER' } as const
    expect(await unlisted.say(own, people.maintainer)).toMatchObject({ reason: 'forgotten' })
  })

  test('where nothing was learnt it does not say that something went', async () => {
    await using scene = await personaScene()
    await scene.say({ kind: 'forget' }, people.maintainer)
    expect(scene.talk.said).toEqual([expect.stringContaining('Nothing learnt from `maintainer` is kept')])
  })

  test('another takes an admin', async () => {
    await using scene = await personaScene()
    const other = { kind: 'forget', username: 'maintainer' } as const
    expect(await scene.say(other, people.contributor)).toEqual({ kind: 'answered', reason: 'not-permitted' })
    expect(scene.calls).toEqual([])
    const admin = { id: 1, login: 'admin', isBot: false }
    expect(await scene.say(other, admin)).toEqual({ kind: 'answered', reason: 'forgotten' })
    expect(scene.calls).toEqual(['forget'])
  })

  test('another without any role is refused as any command', async () => {
    await using scene = await personaScene()
    const other = { kind: 'forget', username: 'maintainer' } as const
    expect(await scene.say(other, people.outsider)).toEqual({ kind: 'answered', reason: 'not-permitted' })
    expect(scene.talk.said).toEqual([expect.stringContaining('`write` or above')])
  })
})
