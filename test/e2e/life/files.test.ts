import { expect, test } from 'vitest'
import { flaw, guard } from '../../support/e2e/flaw-engine.ts'
import { code, Life } from '../../support/e2e/life.ts'
import { bug, leak, setStage, startShop } from '../../support/e2e/shop-life.ts'

const stage = setStage()

const baseFiles = { 'src/shop.ts': code() }

async function opened(): Promise<Life> {
  const life = await startShop(stage)
  await life.open()
  return life
}

/** Threads that are not resolved. */
async function openThreads(life: Life): Promise<string[]> {
  return (await life.threads()).filter((thread) => thread.includes(' open: '))
}

test.concurrent('a file renamed, with an edit: nothing is said twice', async () => {
  await using life = await opened()
  await life.push({
    'src/store.ts': { renamedFrom: 'src/shop.ts', text: code({ 5: bug, 30: '// sound', 45: leak }) },
  })
  expect(life.pull.comments()).toHaveLength(2)
  expect(await openThreads(life)).toHaveLength(2)
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
})

test.concurrent('a file renamed twice: nothing is said twice', async () => {
  await using life = await opened()
  await life.push({ 'src/store.ts': { renamedFrom: 'src/shop.ts' } })
  await life.push({ 'lib/store.ts': { renamedFrom: 'src/store.ts' } })
  expect(life.pull.comments()).toHaveLength(2)
  expect(await openThreads(life)).toHaveLength(2)
  expect(life.reviews()).toBe(1)
})

test.concurrent('a file of the pull request renamed, and one flaw fixed on the way: that thread is resolved', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles,
    files: { 'src/new.ts': code({ 5: bug, 45: leak }) },
  })
  await life.open()
  await life.push({ 'src/newer.ts': { renamedFrom: 'src/new.ts', text: code({ 45: leak }) } })
  expect(await life.threads()).toEqual([
    'src/new.ts:outdated resolved by us: us',
    'src/new.ts:outdated open: us',
  ])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a file deleted: its threads are resolved', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': null })
  expect(await life.threads()).toEqual([
    'src/shop.ts:outdated resolved by us: us',
    'src/shop.ts:outdated resolved by us: us',
  ])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a file deleted and restored: its threads are open again, nothing is said twice', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': null })
  await life.push({ 'src/shop.ts': code({ 5: bug, 45: leak }) })
  expect(await life.threads()).toEqual(['src/shop.ts:5 open: us', 'src/shop.ts:45 open: us'])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a flawed line moved within its file: it is the same finding', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': code({ 20: bug, 45: leak }) })
  expect(life.pull.comments()).toHaveLength(2)
  expect(await openThreads(life)).toHaveLength(2)
  expect(life.reviews()).toBe(1)
})

test.concurrent('lines added above: the threads move along', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': `// One.\n// Two.\n${code({ 5: bug, 45: leak })}` })
  expect(await life.threads()).toEqual(['src/shop.ts:7 open: us', 'src/shop.ts:47 open: us'])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a flawed line indented anew: it is the same finding', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': code({ 5: `  ${bug}`, 45: leak }) })
  expect(life.pull.comments()).toHaveLength(2)
  expect(await openThreads(life)).toHaveLength(2)
})

test.concurrent('the same flawed line twice in a file: one comment; one of them fixed, it stands; both fixed, it is resolved', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles,
    files: { 'src/shop.ts': code({ 5: bug, 45: bug }) },
  })
  await life.open()
  expect(life.pull.comments()).toHaveLength(1)
  await life.push({ 'src/shop.ts': code({ 45: bug }) })
  expect(await openThreads(life)).toHaveLength(1)
  await life.push({ 'src/shop.ts': code({ 45: '// sound' }) })
  expect(await openThreads(life)).toEqual([])
  expect(life.pull.comments()).toHaveLength(1)
})

test.concurrent('the same flawed line in two files: two findings, each with its own end', async () => {
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles,
    files: { 'src/one.ts': `${bug}\n`, 'src/two.ts': `${bug}\n` },
  })
  await life.open()
  expect(await life.threads()).toEqual(['src/one.ts:1 open: us', 'src/two.ts:1 open: us'])
  await life.push({ 'src/one.ts': 'export const stock = 1\n' })
  expect(await life.threads()).toEqual(['src/one.ts:outdated resolved by us: us', 'src/two.ts:1 open: us'])
})

test.concurrent('two findings on one line in different categories: two threads, resolved together', async () => {
  const both = `export const total = sum() // ${flaw('high', 'bug')} ${flaw('medium', 'performance')}`
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles,
    files: { 'src/shop.ts': code({ 30: both }) },
  })
  await life.open()
  expect(await life.threads()).toEqual(['src/shop.ts:30 open: us', 'src/shop.ts:30 open: us'])
  await life.push({ 'src/shop.ts': code({ 30: '// sound' }) })
  expect(await openThreads(life)).toEqual([])
})

test.concurrent('a thread outdated by an edit around it: the finding stands, and so does its thread', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': code({ 4: '// Stock.', 5: bug, 6: '// More.', 45: leak }) })
  expect(await life.threads()).toEqual(['src/shop.ts:5 open: us', 'src/shop.ts:45 open: us'])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a rewording of the flawed line itself is another finding: the old one is resolved, the new one said', async () => {
  await using life = await opened()
  await life.push({ 'src/shop.ts': code({ 5: bug.replace('count', 'counted'), 45: leak }) })
  expect(await life.threads()).toEqual([
    'src/shop.ts:5 open: us',
    'src/shop.ts:45 open: us',
    'src/shop.ts:outdated resolved by us: us',
  ])
  expect(life.reviews()).toBe(2)
})

test.concurrent('a finding on a deleted line: it stands through a rebase, and is resolved once the line is back', async () => {
  const check = `if (stock < 0) return // ${guard('high', 'security')}`
  await using life = await Life.start(stage, {
    isAmongOthers: true,
    baseFiles: { 'src/shop.ts': code({ 30: check }) },
    files: { 'src/shop.ts': code({ 30: 'const unchecked = true' }) },
  })
  await life.open()
  expect(await life.threads()).toEqual(['src/shop.ts:30 left open: us'])
  await life.repository.commit({ 'README.md': '# Shop\n' })
  await life.change((pull) => pull.rebase())
  expect(await life.threads()).toEqual(['src/shop.ts:30 left open: us'])
  expect(life.asked.calls).toBe(0)
  await life.push({ 'src/shop.ts': code({ 30: check, 50: '// sound' }) })
  expect(await life.threads()).toEqual(['src/shop.ts:outdated left resolved by us: us'])
  expect(life.reviews()).toBe(1)
})

test.concurrent('a submodule, a link and a binary file come and go: nothing is said of them', async () => {
  await using life = await opened()
  await life.push({
    lib: { submodule: 'a'.repeat(40) },
    'src/link.ts': { text: 'shop.ts', mode: '120000' },
    'logo.bin': new Uint8Array([0, 1, 2, 3]),
  })
  await life.push({ lib: null, 'src/link.ts': null, 'logo.bin': null })
  expect(await life.threads()).toEqual(['src/shop.ts:5 open: us', 'src/shop.ts:45 open: us'])
  expect(life.reviews()).toBe(1)
  expect(life.conclusion()).toBe('success')
})
