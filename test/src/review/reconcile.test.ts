import type { EarlierFinding } from '@ai-review/protocol/review'
import { describe, expect, it } from 'vitest'
import {
  type Reconciling,
  reconcile,
  resolversInDoubt,
  type StandingThread,
} from '../../../src/review/reconcile.ts'
import { sha256 } from '../../support/review/builders.ts'

const identity = sha256('a finding')
const head = 'a'.repeat(40)
const us = { id: 1, login: 'github-actions', isBot: true, isUs: true }
const maintainer = { id: 7, login: 'maintainer', isBot: false, isUs: false }

const aThread = (overrides: Partial<StandingThread> = {}): StandingThread => ({
  id: 'PRRT_1',
  commentId: 11,
  path: 'src/app.ts',
  line: 3,
  marks: [{ kind: 'finding', head, identity }],
  isOurs: true,
  isResolved: false,
  resolvedBy: null,
  hasHumanReply: false,
  canSettle: true,
  ...overrides,
})
const said = (overrides: Partial<EarlierFinding> = {}): EarlierFinding => ({
  identity,
  state: 'settled',
  severity: 'high',
  declined: false,
  ...overrides,
})
const one = (told: EarlierFinding, threads: readonly StandingThread[], by: Partial<Reconciling> = {}) => {
  const [record] = reconcile({
    told: [told],
    threads,
    found: new Set(),
    wasReadWhole: () => true,
    unseen: new Set(),
    isCut: false,
    voiced: new Set(),
    ledgerHead: null,
    mayDecline: new Set([maintainer.id]),
    ...by,
  })
  return [record?.standing, record?.step]
}
const found = new Set([identity])

describe('how an earlier finding stands', () => {
  it.each([
    ['its text is gone', 'gone', ['fixed', 'resolve']],
    ['its hunk changed and it is not raised again', 'changed', ['fixed', 'resolve']],
    ['its hunk is read again, and nobody knows whether it changed', 'reread', ['open', 'none']],
    ['its hunk is not read again', 'settled', ['open', 'none']],
  ] as const)('%s', (_case, state, expected) => {
    expect(one(said({ state }), [aThread()])).toEqual(expected)
  })

  it.each(['gone', 'changed', 'reread', 'settled'] as const)(
    'raised again, %s: open, nothing to do',
    (state) => {
      expect(one(said({ state }), [aThread()], { found })).toEqual(['open', 'none'])
    },
  )

  it('a change that was not read whole proves nothing', () => {
    expect(one(said({ state: 'changed' }), [aThread()], { wasReadWhole: () => false })).toEqual([
      'open',
      'none',
    ])
  })

  it('what a voice alone has raised is fixed only where it is gone: others do not look for it', () => {
    const voiced = new Set([said({}).identity])
    expect(one(said({ state: 'changed' }), [aThread()], { voiced })).toEqual(['open', 'none'])
    expect(one(said({ state: 'gone' }), [aThread()], { voiced })).toEqual(['fixed', 'resolve'])
  })

  it('in a file that is in the change but not under review nobody knows', () => {
    expect(one(said({ state: 'gone' }), [aThread()], { unseen: new Set(['src/app.ts']) })).toEqual([
      'open',
      'none',
    ])
  })

  it('declined by a mark: whatever else is true', () => {
    for (const state of ['gone', 'settled'] as const) {
      expect(one(said({ declined: true, state }), [aThread()], { found })).toEqual(['declined', 'none'])
    }
  })

  it('a summary has no thread to settle', () => {
    expect(one(said({ state: 'gone' }), [])).toEqual(['fixed', 'none'])
  })

  it('of one that was told in a summary nobody knows the path, so that the whole change counts', () => {
    expect(one(said({ state: 'gone' }), [], { isCut: true })).toEqual(['open', 'none'])
    expect(one(said({ state: 'changed' }), [])).toEqual(['fixed', 'none'])
    const partly = { wasReadWhole: (path: string | null) => path !== null }
    expect(one(said({ state: 'changed' }), [], partly)).toEqual(['open', 'none'])
    expect(one(said({ state: 'changed' }), [aThread()], { ...partly, isCut: true })).toEqual([
      'fixed',
      'resolve',
    ])
  })
})

describe('what is done with a thread', () => {
  const gone = said({ state: 'gone' })

  it('a person who has spoken in it vetoes resolving', () => {
    expect(one(gone, [aThread({ hasHumanReply: true })])).toEqual(['fixed', 'leave-replied'])
  })

  it('a token that may not is told of', () => {
    expect(one(gone, [aThread({ canSettle: false })])).toEqual(['fixed', 'leave-not-permitted'])
  })

  it('a thread of another account is never touched, whatever mark was copied into it', () => {
    expect(one(gone, [aThread({ isOurs: false })])).toEqual(['fixed', 'none'])
    const both = [aThread({ isOurs: false, id: 'PRRT_0' }), aThread({ id: 'PRRT_9' })]
    const [record] = reconcile({
      told: [gone],
      threads: both,
      found: new Set(),
      wasReadWhole: () => true,
      unseen: new Set(),
      isCut: false,
      voiced: new Set(),
      ledgerHead: null,
      mayDecline: new Set(),
    })
    expect(record?.thread?.id).toBe('PRRT_9')
  })

  it('one that is known from comments alone is named, not touched', () => {
    expect(one(gone, [aThread({ id: null, isOurs: false })])).toEqual(['fixed', 'none'])
  })
})

describe('a resolved thread', () => {
  const byUs = aThread({ isResolved: true, resolvedBy: us })
  const byPerson = aThread({ isResolved: true, resolvedBy: maintainer })

  it('of ours is opened again when the finding comes back', () => {
    expect(one(said({ state: 'changed' }), [byUs], { found })).toEqual(['open', 'reopen'])
    expect(one(said({ state: 'settled' }), [byUs])).toEqual(['fixed', 'none'])
    expect(one(said({ state: 'settled' }), [byUs], { ledgerHead: 'b'.repeat(40) })).toEqual(['fixed', 'none'])
  })

  it('of ours is opened again where its hunk is the one that it was raised in', () => {
    const by = { ledgerHead: head }
    expect(one(said({ state: 'settled' }), [byUs], by)).toEqual(['open', 'reopen'])
    expect(one(said({ state: 'reread' }), [byUs], by)).toEqual(['fixed', 'none'])
    expect(one(said({ state: 'gone' }), [byUs], by)).toEqual(['fixed', 'none'])
  })

  it('of a person who may: declined while the text stands, fixed once it is gone', () => {
    expect(one(said(), [byPerson])).toEqual(['declined', 'none'])
    expect(one(said({ state: 'changed' }), [byPerson], { found })).toEqual(['declined', 'none'])
    expect(one(said({ state: 'gone' }), [byPerson])).toEqual(['fixed', 'none'])
  })

  it('of somebody who may not: still open, and not fought over', () => {
    expect(one(said(), [byPerson], { mayDecline: new Set() })).toEqual(['open', 'none'])
    expect(one(said(), [byPerson], { mayDecline: new Set(), found })).toEqual(['open', 'none'])
    expect(one(said(), [aThread({ isResolved: true, resolvedBy: { ...maintainer, isBot: true } })])).toEqual([
      'open',
      'none',
    ])
  })

  it('asks for each resolver once, and only where it matters', () => {
    const told = [
      said(),
      said({ identity: sha256('two') }),
      said({ identity: sha256('three'), state: 'gone' }),
    ]
    const threads = told.map((finding, index) =>
      aThread({
        id: `PRRT_${index}`,
        marks: [{ kind: 'finding', head, identity: finding.identity }],
        isResolved: true,
        resolvedBy: index === 2 ? { ...maintainer, id: 8 } : maintainer,
      }),
    )
    expect(resolversInDoubt(told, threads).map(({ id }) => id)).toEqual([7])
    expect(resolversInDoubt(told, [byUs])).toEqual([])
  })
})
