import type { HunkLine } from '@ai-review/protocol/change'
import { expect, test } from 'vitest'
import { createMemory } from '../../../../../runner/model-server/src/personas/retrieval/memory.ts'
import type { Piece } from '../../../../../runner/model-server/src/review/plan/piece.ts'
import { nearPieces } from '../../../../../runner/model-server/src/review/reviewers/persona/near-pieces.ts'
import { aPastComment } from '../../../../support/persona/past-comment.ts'

function pieceOf(path: string, texts: readonly string[]): Piece {
  const lines = texts.map((text, index): HunkLine => ({ kind: 'added', text, newLine: index + 1 }))
  const hunk = {
    oldStart: 0,
    oldLines: 0,
    newStart: 1,
    newLines: lines.length,
    section: '',
    identity: '0'.repeat(64),
    lines,
  }
  return { file: { path, status: 'modified', hunks: [hunk] }, hunk, lines }
}

const memory = await createMemory(
  [aPastComment({ hunk: '@@ -1 +1,2 @@\n+const socket = openSocket(address)\n+socket.connect(timeout)' })],
  { repositoryId: 7 },
)
const at = { repositoryId: 7, pullRequest: 1 }
const call = 'const socket = openSocket(peer)'

test('of pieces that are as near the larger change goes first', async () => {
  const small = pieceOf('src/a.ts', [call])
  const large = pieceOf('src/b.ts', [call, ...Array.from({ length: 9 }, (_, index) => `step${index}()`)])
  const { near } = await nearPieces(memory, [small, large], { at, isStopped: () => false })
  expect(near.map(({ piece }) => piece.file.path)).toEqual(['src/b.ts', 'src/a.ts'])
})

test('a piece of the change that a comment was made on has nothing near, under another number too', async () => {
  const hunk = ['const socket = openSocket(address)', 'socket.connect(timeout)', 'return socket']
  const same = await createMemory(
    [aPastComment({ hunk: ['@@ -1 +1,3 @@', ...hunk.map((line) => `+${line}`)].join('\n') })],
    { repositoryId: 7 },
  )
  const asked = (lines: readonly string[]) =>
    nearPieces(same, [pieceOf('src/net/socket.ts', lines)], { at, isStopped: () => false })
  expect((await asked(hunk)).near).toEqual([])
  expect((await asked(hunk.slice(0, 2))).near).toHaveLength(1)
})
