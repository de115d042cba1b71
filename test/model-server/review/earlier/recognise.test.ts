import type { FileToReview } from '@ai-review/protocol/change'
import type { Mark } from '@ai-review/protocol/seal'
import { describe, expect, test } from 'vitest'
import { movedKey } from '../../../../runner/model-server/src/review/earlier/moved-findings.ts'
import { type Remembered, recognise } from '../../../../runner/model-server/src/review/earlier/recognise.ts'
import { flaggedOf, plainText } from '../../../../runner/model-server/src/review/identity.ts'
import { aChangedFile, aHunk } from '../../../support/review-request.ts'
import { aBareMark, aLedger, aMark } from '../../support/sealed.ts'

const total = 'const total = price * quantity'
const read = aHunk([' function sum() {', `+  ${total}`, '+  return total', ' }'])
const unread = aHunk(['-  old call()', '+  await save(order)', '+', '+  return order'], 60)
const file = aChangedFile([], { hunks: [read, unread] })

function look(marks: readonly Mark[], about: Partial<Remembered> = {}) {
  const remembered = { files: [file], ledgers: [aLedger([read])], full: false, hasModel: true }
  return recognise({ ...remembered, ...about, marks })
}

const stateOf = (mark: Mark, about: Partial<Remembered> = {}) => look([mark], about).earlier[0]?.state

describe('a finding said before', () => {
  test('is settled where its text stands in a hunk that is not read again', () => {
    expect(stateOf(aMark({ text: [total] }))).toBe('settled')
    expect(stateOf(aMark({ text: [` ${total}`, 'return total'] }))).toBe('settled')
  })

  test('is changed where its text stands in one that no ledger names, on either side', () => {
    expect(stateOf(aMark({ text: ['await  save(order)', '', 'return order'] }))).toBe('changed')
    expect(stateOf(aMark({ text: ['old call()'] }))).toBe('changed')
  })

  test('is reread where everything is, for then nobody knows whether it changed', () => {
    expect(stateOf(aMark({ text: [total] }), { full: true })).toBe('reread')
    expect(stateOf(aMark({ text: [total] }), { ledgers: [] })).toBe('reread')
  })

  test('is gone where its text stands nowhere', () => {
    expect(stateOf(aMark({ text: ['const total = price'] }))).toBe('gone')
    expect(stateOf(aMark({ text: [total] }), { files: [] })).toBe('gone')
  })

  test('is not found across two sides, two hunks, or more lines than it flagged', () => {
    expect(stateOf(aMark({ text: ['old call()', 'await save(order)'] }))).toBe('gone')
    expect(stateOf(aMark({ text: ['}', 'await save(order)'] }))).toBe('gone')
    const gap = aChangedFile(['-first of all', ' kept', '-last of all'])
    expect(stateOf(aMark({ text: ['first of all', 'last of all'] }), { files: [gap] })).toBe('gone')
  })

  test('is as settled as the most settled place of its text, for nobody can say which was meant', () => {
    const place = aHunk([`+${total}`, '+other()'], 200)
    const files = [{ ...file, hunks: [place, read] }]
    expect(stateOf(aMark({ text: [total] }), { files })).toBe('settled')
    const twins = { files: [{ ...file, hunks: [place, read, { ...read, newStart: 90 }] }] }
    expect(stateOf(aMark({ text: [total] }), twins)).toBe('reread')
  })

  test('is settled where no model reads anything again', () => {
    expect(stateOf(aMark({ text: ['await save(order)'] }), { hasModel: false })).toBe('settled')
    expect(stateOf(aMark({ text: ['nothing like it'] }), { hasModel: false })).toBe('gone')
  })

  test('is told once, with the highest severity and whether it was declined', () => {
    const low = aMark({ text: [total], severity: 'low' })
    const critical = aMark({ text: [total], severity: 'critical' })
    const declined = aMark({ text: [total], kind: 'declined', severity: 'low' })
    const { identity } = low
    const told = { identity, state: 'settled', severity: 'critical', category: 'bug', declined: false }
    expect(look([low, critical]).earlier).toEqual([told])
    expect(look([declined, critical, low]).earlier).toEqual([{ ...told, declined: true }])
  })

  test('is another one in another category, at another path', () => {
    const style = aMark({ text: [total], category: 'style' })
    expect(look([aMark({ text: [total] }), style]).earlier).toHaveLength(2)
    expect(stateOf(style)).toBe('settled')
  })

  test('is not told of by the mark of a summary', () => {
    expect(look([aMark({ text: [total], kind: 'summary' })]).earlier).toEqual([])
  })
})

describe('a mark of the first release', () => {
  test('is known again by any single line, in whichever category', () => {
    const mark = aBareMark({ text: ['await save(order)'], category: 'concurrency' })
    expect(look([mark]).earlier).toEqual([{ identity: mark.identity, state: 'changed', declined: false }])
    expect(stateOf(aBareMark({ text: [total] }))).toBe('settled')
    // It may be about several lines, so that no single one is it proves nothing.
    expect(stateOf(aBareMark({ text: ['await save(customer)'] }))).toBe('settled')
  })
})

describe('a search that would cost too much', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `+${index}${'x'.repeat(20_000)}`)
  const files = [aChangedFile(lines)]

  test('is not made, and what was not looked for is not said to be gone', () => {
    const long = Array.from({ length: 20 }, (_, index) => `gone ${index}`)
    const many = Array.from({ length: 150 }, (_, index) => `gone ${index}`)
    const marks = [aMark({ text: ['gone'] }), aMark({ text: long }), aMark({ text: many })]
    const states = recognise({ files, marks, ledgers: [], full: false, hasModel: true }).earlier
    expect(states.map(({ state }) => state)).toEqual(['gone', 'settled', 'settled'])
  })

  test('is not made for marks of the first release either', () => {
    const marks = [aBareMark({ text: ['gone'] })]
    const { earlier } = recognise({
      files: [...files, ...files],
      marks,
      ledgers: [],
      full: false,
      hasModel: true,
    })
    expect(earlier.map(({ state }) => state)).toEqual(['settled'])
  })
})

describe('a finding whose file moved', () => {
  const text = [total]
  const at = (path: string, overrides: Partial<FileToReview> = {}) =>
    aChangedFile([`+${total}`], { path, ...overrides })
  const mark = aMark({ path: 'src/old.ts', text })
  const keyAt = (path: string, lines = text) =>
    movedKey({ path, category: 'bug', flagged: flaggedOf(plainText(lines)) })

  test('stands in the renamed file and passes its identity on', () => {
    const files = [at('src/a.ts'), at('src/new.ts', { previousPath: 'src/old.ts', status: 'renamed' })]
    const { earlier, moved } = look([mark], { files })
    expect(earlier).toMatchObject([{ identity: mark.identity, state: 'changed' }])
    expect(moved).toEqual(new Map([[keyAt('src/new.ts'), mark.identity]]))
  })

  test('is known by its text where the change itself added the file under another name', () => {
    const { moved } = look([mark], { files: [at('src/new.ts', { status: 'added' }), at('src/also.ts')] })
    expect(moved).toEqual(new Map([[keyAt('src/new.ts'), mark.identity]]))
  })

  test('stays where it is while its file is there', () => {
    const { moved, earlier } = look([mark], { files: [at('src/new.ts'), at('src/old.ts')] })
    expect(moved.size).toBe(0)
    expect(earlier).toMatchObject([{ state: 'changed' }])
  })

  test('does not take the place of a finding that was said there', () => {
    const there = aMark({ path: 'src/new.ts', text })
    const { moved, earlier } = look([mark, there], { files: [at('src/new.ts')] })
    expect(moved.size).toBe(0)
    expect(earlier.map(({ state }) => state)).toEqual(['gone', 'changed'])
  })

  test('passes to one file, and each place takes one', () => {
    const other = aMark({ path: 'src/older.ts', text })
    const { moved, earlier } = look([mark, other], { files: [at('src/new.ts')] })
    expect([...moved.values()]).toEqual([mark.identity])
    expect(earlier.map(({ state }) => state)).toEqual(['changed', 'gone'])
  })

  test('is not known again by a text that stands everywhere', () => {
    const short = aMark({ path: 'src/old.ts', text: ['}'] })
    expect(stateOf(short, { files: [aChangedFile(['+}'], { path: 'src/new.ts' })] })).toBe('gone')
    const renamed = aChangedFile(['+}'], { path: 'src/new.ts', previousPath: 'src/old.ts' })
    expect(stateOf(short, { files: [renamed] })).toBe('changed')
  })
})

describe('a finding in a file that is in the change, but not under review', () => {
  const elsewhere = aMark({ path: 'src/left-out.ts', text: [total] })
  const key = movedKey({ path: 'src/app.ts', category: 'bug', flagged: flaggedOf(plainText([total])) })

  test('has not moved to another file with the same text', () => {
    const unseen = look([elsewhere], { unseenPaths: ['src/other.ts', 'src/left-out.ts'] })
    expect(unseen.moved.get(key)).toBeUndefined()
    expect(unseen.earlier[0]?.state).toBe('settled')
    expect(look([elsewhere], { unseenPaths: ['src/other.ts'] }).moved.get(key)).toBe(elsewhere.identity)
  })

  test('is not searched for without end', () => {
    const unseenPaths = Array.from({ length: 60_000 }, (_, index) => `src/${index}.ts`)
    expect(look([elsewhere], { unseenPaths }).moved.size).toBe(0)
  })
})
