import { expect, it } from 'vitest'
import { hunkIdentity } from '../../../src/diff/hunk-identity.ts'
import { aFileDiff } from '../../support/diff/a-file-diff.ts'

function identity(body: string, path = 'f.ts'): string {
  const [hunk] = aFileDiff(body).hunks
  if (hunk === undefined) throw new Error('no hunk')
  return hunkIdentity(path, hunk)
}

const change = ' a\n b\n c\n-old\n+new\n d\n e\n f\n'
const original = identity(`@@ -10,7 +10,7 @@ section\n${change}`)

it('is a SHA-256 in hex', () => {
  expect(original).toMatch(/^[0-9a-f]{64}$/)
})

it('stays when the hunk moves or stands under another heading', () => {
  expect(identity(`@@ -90,7 +95,7 @@ elsewhere\n${change}`)).toBe(original)
})

it('stays when the diff shows more context', () => {
  expect(identity(`@@ -8,11 +8,11 @@\n y\n z\n${change} g\n h\n`)).toBe(original)
})

it('changes with the path, the text, its whitespace, its side and the context beside it', () => {
  const others = [
    identity(`@@ -10,7 +10,7 @@\n${change}`, 'g.ts'),
    identity(`@@ -10,7 +10,7 @@\n${change.replace('+new', '+newer')}`),
    identity(`@@ -10,7 +10,7 @@\n${change.replace('+new', '+ new')}`),
    identity(`@@ -10,7 +10,7 @@\n${change.replace('-old\n+new', '-new\n+old')}`),
    identity(`@@ -10,7 +10,7 @@\n${change.replace(' c\n', ' twin\n')}`),
    identity(`@@ -10,7 +10,7 @@\n${change.replace(' d\n', ' twin\n')}`),
  ]
  expect(new Set([original, ...others]).size).toBe(7)
})

it('tells an added line from the same line deleted', () => {
  expect(identity('@@ -1 +1,2 @@\n a\n+b\n')).not.toBe(identity('@@ -1,2 +1 @@\n a\n-b\n'))
})

it('cannot be forged by text that holds another line', () => {
  const twoLines = identity('@@ -0,0 +1,2 @@\n+a\n+b\n')
  const oneLine = identity('@@ -0,0 +1 @@\n+a","added","b\n')
  expect(oneLine).not.toBe(twoLines)
})
