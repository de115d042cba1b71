import type { EarlierFinding, FileCoverage } from '@ai-review/protocol/review'
import type { Mark } from '@ai-review/protocol/seal'
import { expect, test } from 'vitest'
import { reconcileEarlier } from '../../../src/action/reconcile-earlier.ts'
import type { AskedVoice } from '../../../src/review/review-summary.ts'
import type { SkippedFile } from '../../../src/review/select-files.ts'
import type { EarlierThread } from '../../../src/roles.ts'
import { aDone, aFile, aSummary, headSha, sha256 } from '../../support/review/builders.ts'

const identity = sha256('a finding')
const thread: EarlierThread = {
  id: 'PRRT_1',
  commentId: 11,
  path: 'src/old.ts',
  line: null,
  marks: [{ kind: 'finding', head: headSha, identity, seal: sha256('seal') }],
  isOurs: true,
  isResolved: false,
  resolvedBy: null,
  hasHumanReply: false,
  canSettle: true,
}

interface Wanted {
  readonly state: EarlierFinding['state']
  readonly coverage?: readonly FileCoverage[]
  readonly skipped?: readonly SkippedFile[]
  readonly voice?: AskedVoice
  readonly marks?: readonly Mark[]
}

/** How the finding of a thread on `src/old.ts` stands where the change holds `src/app.ts` and what is skipped. */
async function standing({ state, coverage, skipped = [], voice, marks = [] }: Wanted) {
  const asked = voice === undefined ? {} : { voice }
  const summary = aSummary({ selection: { selected: [aFile()], skipped }, ...asked })
  const accepted = {
    id: 'r1',
    queue: 0,
    effort: 'standard',
    trusted: [identity],
    earlier: [{ identity, state, severity: 'high', declined: false }],
  } as const
  const done = aDone(coverage === undefined ? {} : { coverage: [...coverage] })
  const answer = {
    accepted: { ...accepted, trusted: [], earlier: [...accepted.earlier] },
    done,
    findings: [],
  }
  const [record] = await reconcileEarlier(
    { summary: { ...summary, answer }, answer, earlier: { threads: [thread], marks, ledgers: [] } },
    { roleOf: async () => 'none' },
  )
  return record?.standing
}

test('a finding of a renamed file that was not read whole is not fixed', async () => {
  const unread = [{ path: 'src/app.ts', hunks: 1, reviewedHunks: 0, reason: 'deadline' as const }]
  expect(await standing({ state: 'changed', coverage: unread })).toBe('open')
  expect(await standing({ state: 'changed' })).toBe('fixed')
})

test('a finding of a renamed file that is not under review is not fixed', async () => {
  const renamed = { path: 'src/new.ts', previousPath: 'src/old.ts', reason: 'too-large' as const }
  expect(await standing({ state: 'gone', skipped: [renamed] })).toBe('open')
  expect(await standing({ state: 'gone', skipped: [{ ...renamed, previousPath: 'src/else.ts' }] })).toBe(
    'fixed',
  )
})

test('a voice alone proves nothing about what the reviewer found, save that its lines are gone', async () => {
  const voice = { login: 'maintainer', beside: false, server: '' }
  expect(await standing({ state: 'changed', voice })).toBe('open')
  expect(await standing({ state: 'gone', voice })).toBe('fixed')
  expect(await standing({ state: 'changed', voice: { ...voice, beside: true } })).toBe('fixed')
})

test('the reviewer proves nothing about what a voice alone has raised', async () => {
  const mark = { kind: 'finding', head: headSha, identity, seal: sha256('seal') } as const
  const voiced = { ...mark, voice: 'persona' } as const
  expect(await standing({ state: 'changed', marks: [voiced] })).toBe('open')
  expect(await standing({ state: 'changed', marks: [voiced, mark] })).toBe('fixed')
})
