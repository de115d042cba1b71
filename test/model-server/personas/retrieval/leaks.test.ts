import type { PastComment } from '@ai-review/protocol/persona'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemory } from '../../../../runner/model-server/src/personas/retrieval/memory.ts'
import { aPastComment } from '../../../support/persona/past-comment.ts'

const repositoryId = 7
const everything = { repositoryId, thresholds: { silent: 0, spoken: 0 } }

const name = fc.stringMatching(/^[a-z]{4,9}$/)
/** A change: lines of some files, and what was said on them. */
const change = fc.record({
  lines: fc.uniqueArray(
    fc.tuple(name, name).map(([verb, thing]) => `${verb}(${thing})`),
    { minLength: 4, maxLength: 10 },
  ),
  paths: fc.uniqueArray(
    name.map((one) => `src/${one}.ts`),
    { minLength: 1, maxLength: 3 },
  ),
  says: fc.array(fc.array(name, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
})
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never

const hunkOf = ({ lines }: Change) =>
  ['@@ -1,1 +1,9 @@', ' before', ...lines.map((line) => `+${line}`)].join('\n')

/** The same words on each of its files, as people repeat themselves. */
function commentsOf(one: Change, pullRequest: number, firstId: number): PastComment[] {
  return one.paths.flatMap((path, file) =>
    one.says.map((words, index) =>
      aPastComment({
        id: firstId + file * one.says.length + index,
        pullRequest,
        path,
        hunk: hunkOf(one),
        body: words.join(' '),
        commit: String(index).repeat(40),
      }),
    ),
  )
}

test('nothing of a change is near to it: not at another head, on another file, nor under another number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(change, { minLength: 2, maxLength: 8, selector: hunkOf }),
      fc.boolean(),
      fc.boolean(),
      async (changes, isSigned, isSaid) => {
        const comments = changes.flatMap((one, index) => commentsOf(one, 10 + index, 1000 * (index + 1)))
        const memory = await createMemory(comments, everything)
        for (const [index, one] of changes.entries()) {
          const own = new Set(
            comments.filter(({ pullRequest }) => pullRequest === 10 + index).map(({ id }) => id),
          )
          const [path = ''] = one.paths
          const remark = isSaid ? { remark: one.says[0]?.join(' ') ?? '' } : {}
          const shown = isSigned
            ? { code: one.lines.join('\n'), hunk: hunkOf(one) }
            : { code: one.lines.join('\n') }
          const place = { repositoryId, path, ...shown, ...remark }
          const again = await memory.near({ ...place, pullRequest: 10 + index }, 100)
          expect(again.filter(({ comment }) => own.has(comment.id))).toEqual([])
          const renumbered = await memory.near({ ...place, pullRequest: 9999 }, 100)
          expect(renumbered.filter(({ comment }) => own.has(comment.id))).toEqual([])
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('of two memories each gives its own person, and nothing is later than the asked instant', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(change, { minLength: 2, maxLength: 6, selector: hunkOf }),
      fc.nat(40),
      async (changes, hours) => {
        const comments = changes.flatMap((one, index) => commentsOf(one, 10 + index, 1000 * (index + 1)))
        const mine = comments.filter((_, index) => index % 2 === 0)
        const theirs = comments.filter((_, index) => index % 2 === 1)
        const before = new Date(Date.UTC(2024, 0, 1) + (1000 + hours) * 3_600_000).toISOString()
        const [one] = changes
        const place = {
          repositoryId,
          pullRequest: 1,
          path: 'a.ts',
          code: one?.lines.join('\n') ?? '',
          before,
        }
        for (const [memory, owner] of [
          [await createMemory(mine, everything), mine],
          [await createMemory(theirs, everything), theirs],
        ] as const) {
          for (const { comment } of await memory.near(place, 100)) {
            expect(owner.map(({ id }) => id)).toContain(comment.id)
            expect(comment.at < before).toBe(true)
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the same code in another change, file or repository stays near', async () => {
  const lines = ['+const socket = openSocket(address)', '+socket.connect(timeout)', '+return socket']
  const comment = aPastComment({ hunk: ['@@ -1,1 +1,4 @@', ' start()', ...lines].join('\n') })
  const memory = await createMemory([comment], everything)
  const place = {
    repositoryId,
    pullRequest: 1,
    path: comment.path,
    code: 'const socket = openSocket(address)',
  }
  const asked = {
    'as context of a later change': {
      ...place,
      hunk: ['-close()', ...lines.map((line) => ` ${line.slice(1)}`)].join('\n'),
    },
    'in another file': { ...place, path: 'src/other.ts', hunk: lines.join('\n') },
    'in another repository': { ...place, repositoryId: 8, hunk: lines.join('\n') },
    'in part': { ...place, hunk: lines.slice(0, 2).join('\n') },
  }
  for (const [what, where] of Object.entries(asked)) expect(await memory.near(where, 1), what).toHaveLength(1)
  expect(await memory.near({ ...place, hunk: lines.join('\n') }, 1)).toEqual([])
})
