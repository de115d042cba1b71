import { describe, expect, test } from 'vitest'
import { ReviewError } from '../../../../src/errors.ts'
import { people, personaScene } from '../../../support/persona/persona-scene.ts'
import { aFinding, sha256 } from '../../../support/review/builders.ts'

const optIn = { kind: 'opt-in' } as const
const inStyle = { kind: 'persona', username: 'maintainer', forceReload: false, full: false } as const
const anew = { ...inStyle, forceReload: true }

const voiced = aFinding({
  voice: 'maintainer',
  reviewer: 'persona',
  title: 'Name it',
  identity: sha256('voiced'),
  evidence: [{ kind: 'past-comment', reference: '3#71' }],
})

type Scene = Awaited<ReturnType<typeof personaScene>>

async function agreed(wanted: Parameters<typeof personaScene>[0] = {}): Promise<Scene> {
  const scene = await personaScene(wanted)
  await scene.say(optIn, people.maintainer)
  scene.calls.splice(0)
  scene.talk.said.splice(0)
  return scene
}

describe('the first time', () => {
  test('the history is read and told of, then the review is asked for in that voice', async () => {
    await using scene = await agreed({ findings: [voiced] })
    const outcome = await scene.say(inStyle)
    expect(scene.calls).toEqual(['account', 'status', 'read from ""', 'upload', 'upload', 'upload'])
    expect(scene.asked).toMatchObject([
      {
        persona: { id: 2, login: 'maintainer', name: 'The Maintainer', beside: false },
        full: true,
        asked: true,
      },
    ])
    expect(scene.remarked).toEqual([
      expect.stringContaining('10 comments so far'),
      expect.stringContaining('are read: 30 comments'),
    ])
    expect(scene.remarks.size).toBe(1)
    const [comment] = scene.pull.comments()
    expect(comment?.body).toContain(
      'In the style of The Maintainer, written by a model · [card](http://gpu-box:8787/cards/',
    )
    expect(comment?.body).toMatch(/\[past comment\]\(http\S+\/pull\/3#discussion_r71\)/)
    expect(scene.pull.reviews()[0]?.state).toBe('COMMENTED')
    expect(outcome).toMatchObject({
      check: { title: expect.stringMatching(/^In the style of The Maintainer: /) },
    })
  })

  test('the remark is renewed at most every 15 seconds', async () => {
    const holder: { scene?: Scene } = {}
    await using scene = await agreed({ comments: 200, onPiece: () => holder.scene?.pass(4000) })
    holder.scene = scene
    await scene.say(inStyle)
    expect(scene.remarked.length).toBeGreaterThanOrEqual(4)
    expect(scene.remarked.length).toBeLessThanOrEqual(7)
  })

  test('a server without a model: that is told before anything is read', async () => {
    await using scene = await agreed({ hasModel: false })
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'no-model' })
    expect(scene.calls).toEqual(['account', 'status'])
    expect(scene.talk.said).toEqual([expect.stringContaining('runs no model')])
    expect(scene.talk.reactions.at(-1)).toContain('confused')
    expect(scene.asked).toEqual([])
  })

  test('too few comments: one honest sentence and no review', async () => {
    await using scene = await agreed({ comments: 19 })
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'too-few-comments' })
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('19 usable review comments')])
    expect(scene.asked).toEqual([])
    expect(scene.talk.reactions.at(-1)).toContain('confused')
  })

  test('out of requests: it says how far it came, and the same command goes on', async () => {
    const error = new ReviewError('github-rate-limited', 'No requests are left.', { hint: 'Wait.' })
    await using scene = await agreed({ comments: 30, stopAfter: { pieces: 1, error } })
    expect(await scene.say(inStyle)).toEqual({ kind: 'answered', reason: 'collection-paused' })
    expect([...scene.remarks.values()]).toEqual([expect.stringMatching(/in part: 10 comments[\s\S]*goes on/)])
    expect(await scene.say(inStyle)).toMatchObject({ kind: 'reviewed' })
    expect(scene.calls.filter((call) => call.startsWith('read'))).toEqual(['read from ""', 'read from "10"'])
  })

  test('out of time: half of the run is kept for the review, which takes what is there', async () => {
    const holder: { scene?: Scene } = {}
    await using scene = await agreed({ comments: 1000, onPiece: () => holder.scene?.pass(60_000) })
    holder.scene = scene
    expect(await scene.say(inStyle)).toMatchObject({ kind: 'reviewed' })
    expect(scene.asked).toHaveLength(1)
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('in part')])
  })

  test('a failure that is no matter of waiting is told as such', async () => {
    const error = new ReviewError('missing-permission', 'The token may not read this.', { hint: 'Let it.' })
    await using scene = await agreed({ stopAfter: { pieces: 1, error } })
    await expect(scene.say(inStyle)).rejects.toBe(error)
    expect(scene.talk.said).toEqual([expect.stringContaining('may not read this')])
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('was broken off')])
  })

  test('a push while the history is read: nothing but the head that was asked about would be reviewed', async () => {
    const holder: { push?: () => Promise<string> } = {}
    await using scene = await agreed({
      findings: [voiced],
      onPiece: () => holder.push?.(),
    })
    holder.push = () => scene.pull.push({ 'src/app.ts': 'const d = 4\n' }, { force: true })
    const { head } = scene.pull
    await expect(scene.say(inStyle)).rejects.toMatchObject({ code: 'head-moved' })
    expect(scene.pull.head).not.toBe(head)
    expect(scene.asked).toEqual([])
    expect(scene.talk.said).toEqual([expect.stringContaining('A command has to be given again.')])
  })

  test('nothing is read for a pull request that is closed', async () => {
    await using scene = await agreed({ state: 'closed' })
    expect(await scene.say(inStyle)).toEqual({ kind: 'skipped', reason: 'closed' })
    expect(scene.calls).toEqual(['account'])
  })
})

describe('once the persona is ready', () => {
  test('what could not be read is not told as silence', async () => {
    await using scene = await agreed({ isUnread: true })
    await scene.say(inStyle)
    expect(scene.talk.said).toEqual([expect.stringContaining('1 file could not be read in the style')])
    expect(scene.talk.reactions.at(-1)).toContain('confused')
  })

  test('the history is not read again', async () => {
    await using scene = await agreed()
    await scene.say(inStyle)
    scene.calls.splice(0)
    await scene.say(inStyle)
    expect(scene.calls).toEqual(['account', 'status'])
    expect(scene.asked).toHaveLength(2)
  })

  test('--force-reload begins from the newest comment, under a session of its own', async () => {
    await using scene = await agreed({ trains: true, comments: 150 })
    await scene.say(inStyle)
    scene.calls.splice(0)
    await scene.say(anew)
    expect(scene.calls.filter((call) => call !== 'upload')).toEqual([
      'account',
      'status',
      'read from ""',
      'train by force',
      'watch',
      'status',
    ])
  })

  test('what a reload left unread is read after the next review, not before it', async () => {
    await using scene = await agreed({ comments: 40 })
    await scene.say(inStyle)
    await scene.roles.personas.upload(
      { repository: { id: 9, owner: 'acme', name: 'shop' }, person: people.maintainer },
      { session: 'left', cursor: '10', done: false },
    )
    scene.calls.splice(0)
    await scene.say(inStyle)
    expect(scene.calls).toEqual(['account', 'status', 'read from "10"', 'upload', 'upload', 'upload'])
  })

  test('a voice with nothing near says that it keeps silent', async () => {
    await using scene = await agreed({ share: { near: 0 } })
    expect(await scene.say(inStyle)).toMatchObject({ kind: 'reviewed' })
    expect(scene.talk.said).toEqual([expect.stringContaining('keeps silent')])
    expect(scene.talk.reactions.at(-1)).toContain('+1')
  })

  test('a voice that could not take part says so, and the check is not green', async () => {
    await using scene = await agreed({ share: { by: 'absent', near: 0, card: null } })
    expect(await scene.say(inStyle)).toMatchObject({ check: { conclusion: 'neutral' } })
    expect(scene.talk.said).toEqual([expect.stringContaining('could not take part')])
    expect(scene.talk.reactions.at(-1)).toContain('confused')
  })
})

describe('training', () => {
  test('where what it needs is gone since the last one, the history is read again first', async () => {
    const lacking = { trains: true, comments: 100, silences: 0 }
    await using scene = await agreed({ ...lacking, trainingStates: ['cancelled'] })
    await scene.say(inStyle)
    scene.calls.splice(0)
    await scene.say(inStyle)
    expect(scene.calls.filter((call) => call !== 'upload').slice(2)).toEqual([
      'read from ""',
      'train by force',
      'watch',
    ])
    await using failing = await agreed({ ...lacking, trainingStates: ['failed'] })
    await failing.say(inStyle)
    failing.calls.splice(0)
    await failing.say(inStyle)
    expect(failing.calls).not.toContain('read from ""')
  })

  test('follows the review from 100 comments on, and ends with what came of it', async () => {
    await using scene = await agreed({ trains: true, comments: 100 })
    await scene.say(inStyle)
    expect(scene.calls.slice(-3)).toEqual(['train', 'watch', 'status'])
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('is in use from now on')])
    scene.calls.splice(0)
    await scene.say(inStyle)
    expect(scene.calls).toEqual(['account', 'status'])
  })

  test('does not begin with 99, nor where the server trains nothing', async () => {
    await using few = await agreed({ trains: true, comments: 99 })
    await few.say(inStyle)
    await using off = await agreed({ trains: false, comments: 200 })
    await off.say(inStyle)
    expect([...few.calls, ...off.calls].filter((call) => call.startsWith('train'))).toEqual([])
  })

  test('goes on at the server when the run has to end', async () => {
    await using scene = await agreed({
      trains: true,
      comments: 100,
      trainingStates: ['training'],
      deadlineMs: 21_000,
    })
    await scene.say(inStyle)
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('goes on at the server')])
  })

  test('one that failed is told, and the review stands', async () => {
    await using scene = await agreed({ trains: true, comments: 100, trainingStates: ['failed'] })
    expect(await scene.say(inStyle)).toMatchObject({ kind: 'reviewed' })
    expect([...scene.remarks.values()]).toEqual([expect.stringContaining('failed')])
  })
})
