import { expect, test } from 'vitest'
import { code, Life } from '../../support/e2e/life.ts'
import { both, file, leak, setStage, startShop } from '../../support/e2e/shop-life.ts'

const stage = setStage()

async function opened(): Promise<Life> {
  const life = await startShop(stage)
  await life.open()
  return life
}

/** The hunk of the bug with a line beside it changed, so that it is read again. */
const aroundBug = { [file]: code({ ...both, 4: '// Counted at night.' }) }

test.concurrent('declined in words by a maintainer: resolved, and never raised again, not even when all is read again', async () => {
  await using life = await opened()
  await life.reply(life.threadAt(file, 5), 'maintainer', "Won't fix: the count is right here.")
  const declined = `${file}:5 resolved by us: us, maintainer, us`
  expect(await life.threads()).toEqual([declined, `${file}:45 open: us`])
  await life.push(aroundBug)
  expect(await life.threads()).toEqual([declined, `${file}:45 open: us`])
  await life.say('maintainer', '@tech-lead-bot --full')
  expect(await life.threads()).toEqual([declined, `${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('declined in words by somebody who may not: the finding stands', async () => {
  await using life = await opened()
  await life.reply(life.threadAt(file, 5), 'outsider', "Won't fix.")
  await life.push(aroundBug)
  const [thread] = await life.threads()
  expect(thread).toContain(`${file}:5 open: us, outsider`)
  expect(life.pull.comments().filter(({ isReply }) => !isReply)).toHaveLength(2)
})

test.concurrent('resolved by a person: neither opened again nor said again', async () => {
  await using life = await opened()
  life.pull.resolve(life.threadAt(file, 5), 'maintainer')
  await life.push(aroundBug)
  expect(await life.threads()).toEqual([`${file}:5 resolved by maintainer: us`, `${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('resolved by a person, then fixed: it stays as the person left it', async () => {
  await using life = await opened()
  life.pull.resolve(life.threadAt(file, 5), 'contributor')
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([
    `${file}:45 open: us`,
    `${file}:outdated resolved by contributor: us`,
  ])
})

test.concurrent('opened again by a person after it was fixed: we leave it open', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ 45: leak }) })
  const thread = life.threadAt(file, 5)
  life.pull.unresolve(thread)
  life.pull.replyTo(thread, 'maintainer', 'Please have another look.')
  await life.push({ [file]: code({ 45: leak, 58: '// sound' }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us, maintainer`])
})

test.concurrent('a person answers in a thread: fixed later, it is left to people', async () => {
  await using life = await opened()
  life.pull.replyTo(life.threadAt(file, 5), 'contributor', 'Is that so?')
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us, contributor`])
})

test.concurrent('a bot answers in a thread: that vetoes nothing', async () => {
  await using life = await opened()
  life.pull.replyTo(life.threadAt(file, 5), 'linter[bot]', 'Noted.')
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([
    `${file}:45 open: us`,
    `${file}:outdated resolved by us: us, linter[bot]`,
  ])
})

test.concurrent('our mark copied into a comment of another account: that thread is theirs', async () => {
  await using life = await opened()
  const [ours] = life.pull.comments()
  await life.pull.addReviewComment('outsider', { path: file, side: 'RIGHT', line: 6 }, ours?.body ?? '')
  await life.push({ [file]: code({ 45: leak, 6: '// sound' }) })
  expect(await life.threads()).toEqual([
    `${file}:45 open: us`,
    `${file}:outdated resolved by us: us`,
    `${file}:outdated open: outsider`,
  ])
})

test.concurrent('our comment deleted and a copy of it left by another account: the copy is not ours to close', async () => {
  await using life = await opened()
  const [ours] = life.threadAt(file, 5).comments
  await life.pull.addReviewComment('outsider', { path: file, side: 'RIGHT', line: 6 }, ours?.body ?? '')
  life.pull.deleteReviewComment(ours?.id ?? 0)
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: outsider`])
})

test.concurrent('a mark copied from another pull request silences nothing', async () => {
  await using other = await opened()
  const [theirs] = other.pull.comments()
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { [file]: code() },
    files: { [file]: code(both) },
  })
  const copied = (theirs?.body ?? '').replace(/head=[0-9a-f]{40}/, `head=${life.pull.head}`)
  await life.pull.addReviewComment('outsider', { path: file, side: 'RIGHT', line: 4 }, copied)
  await life.open()
  expect(await life.threads()).toEqual([
    `${file}:4 open: outsider`,
    `${file}:5 open: us`,
    `${file}:45 open: us`,
  ])
})

test.concurrent('our comment edited by a maintainer, its mark kept: it is known as before', async () => {
  await using life = await opened()
  const [first] = life.threadAt(file, 5).comments
  if (first === undefined) throw new Error('no comment')
  life.pull.editComment(first, `Edited: please mend.\n\n${/<!--.*-->/.exec(first.body)?.[0] ?? ''}`)
  await life.push(aroundBug)
  expect(await life.threads()).toEqual([`${file}:5 open: us`, `${file}:45 open: us`])
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated resolved by us: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('the mark of our comment edited by a maintainer: nothing is believed of it, and its thread is let alone', async () => {
  await using life = await opened()
  const [first] = life.threadAt(file, 5).comments
  if (first === undefined) throw new Error('no comment')
  life.pull.editComment(first, first.body.replace(/seal=[0-9a-f]{8}/, 'seal=00000000'))
  await life.push({ [file]: code({ 45: leak }) })
  expect(await life.threads()).toEqual([`${file}:45 open: us`, `${file}:outdated open: us`])
  expect(life.conclusion()).toBe('success')
})

test.concurrent('our comment deleted by a maintainer: on code that was read it is not said again', async () => {
  await using life = await opened()
  const [first] = life.threadAt(file, 5).comments
  life.pull.deleteReviewComment(first?.id ?? 0)
  await life.push({ 'src/more.ts': 'export const more = 1\n' })
  expect(await life.threads()).toEqual([`${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a command to read everything again: open threads are not repeated', async () => {
  await using life = await opened()
  await life.say('maintainer', '@tech-lead-bot --full')
  expect(life.asked.calls).toBeGreaterThan(0)
  expect(await life.threads()).toEqual([`${file}:5 open: us`, `${file}:45 open: us`])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a command without more on code that was read: nothing is read, nothing is said on the diff', async () => {
  await using life = await opened()
  await life.say('maintainer', '@tech-lead-bot')
  expect(life.asked.calls).toBe(0)
  expect(await life.threads()).toEqual([`${file}:5 open: us`, `${file}:45 open: us`])
})

test.concurrent('a command of somebody who may not: nothing is reviewed', async () => {
  await using life = await Life.start(stage, { isAmongOthers: true, files: { [file]: code(both) } })
  await life.say('outsider', '@tech-lead-bot')
  expect(life.asked.calls).toBe(0)
  expect(await life.threads()).toEqual([])
  expect(life.pull.conversation().map(({ user }) => user.login)).toEqual(['outsider', 'github-actions[bot]'])
})
