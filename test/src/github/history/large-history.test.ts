import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { personaLimits } from '@ai-review/protocol/persona'
import { expect, test } from 'vitest'
import { secondaryLimit } from '../../../support/github/faults.ts'
import { type LargeHistory, largeHistory } from '../../../support/github/large-history.ts'
import {
  type Collected,
  collect,
  historyOf,
  nothingCollected,
  sorted,
} from '../../../support/github/read-history.ts'
import { type StandInGithub, startGitHub } from '../../../support/github/start-github.ts'

const listing = /\/pulls\/comments$/

async function readAtOnce(github: StandInGithub, history: LargeHistory) {
  const folder = await mkdtemp(join(tmpdir(), 'large-history-'))
  const target = join(folder, 'collected.json')
  const settings = { ...readingOf(github, history), person: personOf(history) }
  const program = fileURLToPath(new URL('../../../support/github/read-history-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(settings), target])
  const collected = JSON.parse(await readFile(target, 'utf8')) as ReturnType<typeof sorted>
  await rm(folder, { recursive: true })
  const figures = JSON.parse(stdout) as { requests: number; peakMegabytes: number; longestCursor: number }
  return { collected, figures }
}

function readingOf(github: StandInGithub, { gitDirectory }: { readonly gitDirectory: string | null }) {
  return { apiUrl: github.url, token: github.token({ remaining: 1000 }), gitDirectory }
}

function personOf({ lead }: Pick<LargeHistory, 'lead'>) {
  return { id: lead.id, login: lead.login }
}

/** Reads a few pieces with a token and a client of their own, as a run that is stopped then does. */
async function readSome(
  github: StandInGithub,
  history: Omit<LargeHistory, 'gitDirectory'> & { readonly gitDirectory: string | null },
  progress: { cursor: string; collected: Collected; pieces: number },
): Promise<{ cursor: string; isDone: boolean }> {
  let { cursor, pieces } = progress
  for await (const piece of historyOf(readingOf(github, history)).read(personOf(history), cursor)) {
    collect(progress.collected, piece)
    cursor = piece.cursor
    if (piece.done) return { cursor, isDone: true }
    if (--pieces === 0) break
  }
  return { cursor, isDone: false }
}

test('collects 3,000 of 40,000 comments within 600 requests and 300 MB', { timeout: 240_000 }, async () => {
  await using github = await startGitHub()
  const history = await largeHistory(github, { pullRequests: 3000, comments: 40_000, ofLead: 3000 })
  const { collected, figures } = await readAtOnce(github, history)
  expect(figures.requests).toBeLessThanOrEqual(600)
  expect(figures.peakMegabytes).toBeLessThan(300)
  expect(figures.longestCursor).toBeLessThanOrEqual(personaLimits.cursor)
  const told = collected.comments.map(({ id, pullRequest, path, line, body, addressed }) => ({
    ...{ id, pullRequest, path, line, body, addressed },
  }))
  expect(told).toEqual([...history.expected].sort((a, b) => a.id - b.id))
  expect(collected.comments.every(({ context }) => context.includes('readAgain'))).toBe(true)
  expect(collected.silences).toHaveLength(3000)
  expect(collected.colleagues).toHaveLength(3000)
})

test('collects the same interrupted ten times, with limits and faults between', {
  timeout: 120_000,
}, async () => {
  await using github = await startGitHub()
  const history = await largeHistory(github, { pullRequests: 600, comments: 9000, ofLead: 3000 })
  const whole = nothingCollected()
  await readSome(github, history, { cursor: '', collected: whole, pieces: Number.POSITIVE_INFINITY })
  github.inject({ path: listing, skip: 12, fault: secondaryLimit(1) })
  github.inject({ path: listing, skip: 40, fault: secondaryLimit(1, 429) })
  github.inject({ path: listing, skip: 55, fault: { status: 502 } })
  github.inject({ path: /\/graphql$/, skip: 3, fault: secondaryLimit(1) })
  github.inject({ path: /\/graphql$/, skip: 5, fault: { status: 502 } })
  const again = nothingCollected()
  let cursor = ''
  for (const pieces of [1, 2, 1, 5, 3, 2, 4, 1, 6, 3, Number.POSITIVE_INFINITY]) {
    const part = await readSome(github, history, { cursor, collected: again, pieces })
    cursor = part.cursor
    expect(part.isDone).toBe(pieces === Number.POSITIVE_INFINITY)
  }
  expect(github.struck).toBe(5)
  expect(again.comments.size).toBeGreaterThan(2500)
  expect(sorted(again)).toEqual(sorted(whole))
})

test('reads the same without a checkout, with a few more requests', { timeout: 120_000 }, async () => {
  await using github = await startGitHub()
  const history = await largeHistory(github, { pullRequests: 200, comments: 2000, ofLead: 140 })
  const local = nothingCollected()
  await readSome(github, history, { cursor: '', collected: local, pieces: Number.POSITIVE_INFINITY })
  const before = github.requests.length
  const remote = nothingCollected()
  await readSome(github, { ...history, gitDirectory: null }, { cursor: '', collected: remote, pieces: 99 })
  const asked = github.requests.slice(before).map(({ operation }) => operation)
  expect(sorted(remote).comments).toEqual(sorted(local).comments)
  expect(sorted(remote).comments.map(({ id }) => id)).toEqual(history.expected.map(({ id }) => id))
  expect(remote.silences.size).toBeGreaterThan(40)
  // 20 pages; for each batch one request for what became of the pull requests, and for each 50 texts one more.
  expect(asked.filter((operation) => operation === 'pulls/list-review-comments-for-repo')).toHaveLength(20)
  expect(asked.filter((operation) => operation === 'graphql').length).toBeLessThanOrEqual(2 + 6)
  expect(asked.filter((operation) => operation === 'repos/compare-commits')).toHaveLength(40)
})
