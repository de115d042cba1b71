import { expect, test } from 'vitest'
import { flaw } from '../../support/e2e/flaw-engine.ts'
import { code, Life } from '../../support/e2e/life.ts'
import { bug, file, leak, setStage } from '../../support/e2e/shop-life.ts'

const stage = setStage()

const race = `export const order = next() // ${flaw('medium', 'concurrency')}`
const three = { 5: bug, 25: race, 45: leak }
const base = { [file]: code() }

/** A pull request that brings in three flaws, each in a hunk of its own, and was reviewed once. */
async function opened(): Promise<Life> {
  const life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: base,
    files: { [file]: code(three) },
  })
  await life.open()
  return life
}

const allOpen = [`${file}:5 open: us`, `${file}:25 open: us`, `${file}:45 open: us`]

test.concurrent('opened with three flaws: three threads, one review, a green check', async () => {
  await using life = await opened()
  expect(await life.threads()).toEqual(allOpen)
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
  expect(life.filesRead()).toEqual([file])
})

test.concurrent('a push that fixes one of three: its thread is resolved, the others stand', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ ...three, 25: 'export const order = 25' }) })
  expect(await life.threads()).toEqual([
    `${file}:5 open: us`,
    `${file}:45 open: us`,
    `${file}:outdated resolved by us: us`,
  ])
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
  expect(life.asked.lines.filter((line) => line.includes('FLAW'))).toEqual([])
})

test.concurrent('a push that restores the line of the base: the flaw is gone with its hunk', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ 5: bug, 45: leak }) })
  expect(await life.threads()).toEqual([
    `${file}:5 open: us`,
    `${file}:45 open: us`,
    `${file}:outdated resolved by us: us`,
  ])
  expect(life.asked.calls).toBe(0)
})

test.concurrent('a push that adds one: only that is said, and only its hunk is read', async () => {
  await using life = await opened()
  await life.push({ [file]: code(three), 'src/late.ts': `${leak}\n` })
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...allOpen])
  expect(life.reviews()).toBe(2)
  expect(life.filesRead()).toEqual(['src/late.ts'])
})

test.concurrent('a push that adds one to a file that was read: the hunks that stayed are not read again', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ ...three, 58: `export const late = 1 // ${flaw('low', 'bug')}` }) })
  expect(await life.threads()).toEqual([...allOpen, `${file}:58 open: us`])
  expect(life.asked.lines.filter((line) => line.includes('FLAW'))).toHaveLength(1)
})

test.concurrent('a push that changes nothing under review: the model is not asked, nothing is said', async () => {
  await using life = await opened()
  await life.push({ 'package-lock.json': '{}\n' })
  expect(await life.threads()).toEqual(allOpen)
  expect(life.reviews()).toBe(1)
  expect(life.asked.calls).toBe(0)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('a rebase onto a base that moved elsewhere: the model is not asked, nothing is said', async () => {
  await using life = await opened()
  await life.repository.commit({ 'README.md': '# Shop\n' })
  await life.change((pull) => pull.rebase())
  expect(await life.threads()).toEqual(allOpen)
  expect(life.reviews()).toBe(1)
  expect(life.asked.calls).toBe(0)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('a rebase that moves the lines: the threads move along, the model is not asked', async () => {
  await using life = await opened()
  await life.repository.commit({ [file]: `// Prices of the shop.\n${code()}` })
  await life.change((pull) => pull.rebase())
  expect(await life.threads()).toEqual([`${file}:6 open: us`, `${file}:26 open: us`, `${file}:46 open: us`])
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('the same commits pushed anew with another message: the model is not asked', async () => {
  await using life = await opened()
  await life.push({ [file]: code(three) }, { mayFail: false })
  await life.change((pull) => pull.squash())
  expect(await life.threads()).toEqual(allOpen)
  expect(life.asked.calls).toBe(0)
})

test.concurrent('a forced push that drops a commit: what it brought in is resolved', async () => {
  await using life = await opened()
  await life.push({ 'src/late.ts': `${leak}\n` })
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...allOpen])
  await life.change((pull) => pull.dropCommits())
  expect(await life.threads()).toEqual(['src/late.ts:outdated resolved by us: us', ...allOpen])
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(2)
})

test.concurrent('a forced push that rewrites the branch with the same change: nothing is said twice', async () => {
  await using life = await opened()
  await life.change((pull) => pull.push({ [file]: code(three) }, { force: true }))
  expect(await life.threads()).toEqual(allOpen)
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('a revert of the flawed commit, then the revert reverted: resolved, then open again in the same thread', async () => {
  await using life = await opened()
  await life.push({ 'src/late.ts': `${leak}\n` })
  await life.change((pull) => pull.revert())
  expect(await life.threads()).toEqual(['src/late.ts:outdated resolved by us: us', ...allOpen])
  await life.change((pull) => pull.revert())
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...allOpen])
  expect(life.reviews()).toBe(2)
})

test.concurrent('a fixed flaw that comes back: its thread is opened again, nothing is said twice', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ 5: bug, 45: leak }) })
  await life.push({ [file]: code(three) })
  expect(await life.threads()).toEqual(allOpen)
  expect(life.reviews()).toBe(1)
})

test.concurrent('the base merged in: only the change is reviewed, and that was', async () => {
  await using life = await opened()
  await life.repository.commit({ 'src/other.ts': `${leak}\n`, [file]: code({ 60: 'export const last = 1' }) })
  await life.change((pull) => pull.mergeBase())
  expect(await life.threads()).toEqual(allOpen)
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(1)
})

test.concurrent('several commits squashed into one: the model is not asked', async () => {
  await using life = await opened()
  await life.push({ 'src/late.ts': `${leak}\n` })
  await life.change((pull) => pull.squash())
  expect(await life.threads()).toEqual(['src/late.ts:1 open: us', ...allOpen])
  expect(life.asked.calls).toBe(0)
  expect(life.reviews()).toBe(2)
})

test.concurrent('rebase, squash and a fix in one forced push: the fixed one is resolved, the others stand', async () => {
  await using life = await opened()
  await life.repository.commit({ [file]: `// Prices of the shop.\n${code()}` })
  await life.change(async (pull) => {
    await pull.rebase()
    await pull.push({ [file]: `// Prices of the shop.\n${code({ 25: race, 45: leak })}` })
    await pull.squash()
  })
  expect(await life.threads()).toEqual([
    `${file}:26 open: us`,
    `${file}:46 open: us`,
    `${file}:outdated resolved by us: us`,
  ])
  expect(life.asked.calls).toBe(0)
})

test.concurrent('everything fixed: every thread is resolved, and the check says so', async () => {
  await using life = await opened()
  await life.push({ [file]: code({ 5: 'export const stock = 0' }) })
  expect((await life.threads()).filter((thread) => thread.includes('open'))).toEqual([])
  expect(life.conclusion()).toBe('success')
  expect(life.reviews()).toBe(1)
})

test.concurrent('a large push: every new hunk is read, and none of the old ones', async () => {
  await using life = await opened()
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`src/part${index}.ts`, code({ 30: `// sound ${index}` })]),
  )
  await life.push({ ...many, 'src/part7.ts': code({ 30: leak }) })
  expect(await life.threads()).toEqual(['src/part7.ts:30 open: us', ...allOpen])
  expect(life.filesRead()).toEqual(Object.keys(many).sort())
  expect(life.conclusion()).toBe('success')
})
