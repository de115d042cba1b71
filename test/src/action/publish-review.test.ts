import type { Ledger } from '@ai-review/protocol/seal'
import { expect, test } from 'vitest'
import { publishReview } from '../../../src/action/publish-review.ts'
import type { EarlierRecord } from '../../../src/review/earlier-finding.ts'
import type { JudgedFinding } from '../../../src/review/judge.ts'
import { parseLedgers, parseMarks } from '../../../src/review/marker.ts'
import type { ReviewSummary } from '../../../src/review/review-summary.ts'
import { startGitHub } from '../../support/github/start-github.ts'
import { aFinding, anEarlier, aSummary, sha256 } from '../../support/review/builders.ts'
import { adaptersFor } from '../github/adapters.ts'

const hunks = [sha256('hunk').slice(0, 32)]

async function scene() {
  const github = await startGitHub()
  const repository = await github.repository({ files: { 'src/app.ts': 'const a = 1\n' } })
  const pull = await repository.openPullRequest({ files: { 'src/app.ts': 'const a = 1\nconst b = 2\n' } })
  const { source, publisher } = adaptersFor(github, repository)
  const pullRequest = await source.pullRequest(pull.number)
  const ledger: Ledger = { head: pull.head, hunks, seal: sha256('this run') }
  const carried: Ledger = { head: pull.head, hunks: [], seal: sha256('the run before') }
  const publish = async (
    judged: readonly JudgedFinding[],
    earlier: readonly EarlierRecord[] = [],
  ): Promise<ReviewSummary> => {
    const summary = { ...aSummary({ judged, earlier }), headSha: pull.head, ledgersToKeep: [ledger] }
    const log = { info: () => {}, warning: () => {} }
    return await publishReview(
      { pullRequest, summary, run: '42-1-abcdef', check: null, carried: [carried] },
      { publisher, log },
    )
  }
  const body = () => pull.reviews()[0]?.body ?? ''
  return { pull, publish, ledger, carried, body, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

const judgedOne = (name: string, overrides: Partial<JudgedFinding> & { readonly line?: number } = {}) => {
  const { line = 2, ...verdict } = overrides
  const finding = aFinding({ line, title: name, identity: sha256(name), seal: sha256(`seal of ${name}`) })
  return { finding, verdict: 'posted' as const, reason: '', ...verdict }
}
const identitiesIn = (body: string) =>
  parseMarks(body).flatMap(({ kind, identity }) => (kind === 'finding' ? [identity] : []))

test('a comment that GitHub does not place is told in the body, with its mark', async () => {
  await using stage = await scene()
  const posted = await stage.publish([judgedOne('placed'), judgedOne('refused', { line: 4000 })])
  expect(stage.pull.comments().flatMap(({ body }) => identitiesIn(body))).toEqual([sha256('placed')])
  expect(identitiesIn(stage.body())).toEqual([sha256('refused')])
  expect(parseLedgers(stage.body())).toEqual([stage.ledger])
  expect(posted.judged.map(({ verdict }) => verdict)).toEqual(['posted', 'in-summary'])
})

test('where the mark of a finding finds no room, its code does not count as read', async () => {
  await using stage = await scene()
  const many = Array.from({ length: 250 }, (_, index) =>
    judgedOne(`finding ${index}`, { verdict: 'in-summary', reason: 'Over `max-comments`.' }),
  )
  const posted = await stage.publish(many)
  expect(identitiesIn(stage.body()).length).toBeLessThan(many.length)
  expect(parseLedgers(stage.body())).not.toContainEqual(stage.ledger)
  expect(posted.ledgersToKeep).toEqual([stage.carried])
})

test('as many findings as find room are known to the next run', async () => {
  await using stage = await scene()
  const some = Array.from({ length: 60 }, (_, index) =>
    judgedOne(`finding ${index}`, { verdict: 'in-summary', reason: 'Over `max-comments`.' }),
  )
  const posted = await stage.publish(some)
  expect(new Set(identitiesIn(stage.body()))).toEqual(new Set(some.map(({ finding }) => finding.identity)))
  expect(posted.ledgersToKeep).toEqual([stage.ledger])
})

test('a finding whose thread could not be opened again has to be found by the next run', async () => {
  await using stage = await scene()
  const posted = await stage.publish([], [anEarlier({ step: 'reopen', thread: { id: 'PRRT_of_nobody' } })])
  expect(posted.ledgersToKeep).toEqual([stage.carried])
})
