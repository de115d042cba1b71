import { Ledger, longestLedger, Mark } from '@ai-review/protocol/seal'
import { ownSign } from './own-sign.ts'

const hex = '[0-9a-f]'
const markPattern = new RegExp(
  `${ownSign}(?<kind>finding|summary|declined) head=(?<head>${hex}{40,64}) identity=(?<identity>${hex}{64}) ` +
    `(?:severity=(?<severity>[a-z]+) category=(?<category>[a-z-]+) lines=(?<lines>[0-9]{1,4}) flagged=(?<flagged>${hex}{32}) )?` +
    `(?:voice=(?<voice>persona) )?seal=(?<seal>${hex}{64}) -->`,
  'g',
)
const ledgerPattern = new RegExp(
  `${ownSign}ledger head=(?<head>${hex}{40,64}) hunks=(?<hunks>[0-9a-f,]*) seal=(?<seal>${hex}{64}) -->`,
  'g',
)
const runName = '[A-Za-z0-9._-]{1,100}'
const runPattern = new RegExp(`^${runName}$`)
const anyRunMark = new RegExp(`${ownSign}run ${runName} -->`)

/** The hidden comment that carries a mark on one of our comments. */
export function formatMark({ kind, head, identity, seal, ...said }: Mark): string {
  const { severity, category, lines, flagged, voice } = said
  const isFull = severity && category && lines && flagged
  const about = isFull ? ` severity=${severity} category=${category} lines=${lines} flagged=${flagged}` : ''
  const spoken = voice === undefined ? '' : ` voice=${voice}`
  return `${ownSign}${kind} head=${head} identity=${identity}${about}${spoken} seal=${seal} -->`
}

/** Every mark in a body, in order; anything that is not exactly what `formatMark` writes is no mark. */
export function parseMarks(body: string): Mark[] {
  return [...body.matchAll(markPattern)].flatMap(({ groups = {} }) => {
    const { lines, ...rest } = groups
    const told = Object.entries(rest).filter(([, value]) => value !== undefined)
    const mark = Mark.safeParse({
      ...Object.fromEntries(told),
      ...(lines === undefined ? {} : { lines: Number(lines) }),
    })
    return mark.success ? [mark.data] : []
  })
}

/** The hidden comment that carries a ledger, 33 characters for each hunk. */
export function formatLedger({ head, hunks, seal }: Ledger): string {
  return `${ownSign}ledger head=${head} hunks=${hunks.join(',')} seal=${seal} -->`
}

/** Every ledger in a text, in order; anything that is not exactly what `formatLedger` writes is none. */
export function parseLedgers(text: string): Ledger[] {
  return [...text.matchAll(ledgerPattern)].flatMap(({ groups = {} }) => {
    const hunks = groups.hunks === '' ? [] : groups.hunks?.split(',', longestLedger + 1)
    const ledger = Ledger.safeParse({ ...groups, hunks })
    return ledger.success ? [ledger.data] : []
  })
}

/**
 * The hidden comment that stands in the review of one run and in no other. `run` is 1 to 100 of `[A-Za-z0-9._-]`;
 * another one is a mistake of the caller and throws.
 */
export function formatRunMark(run: string): string {
  if (!runPattern.test(run)) throw new TypeError('a run is named by 1 to 100 letters, digits, dots, dashes')
  return `${ownSign}run ${run} -->`
}

/** What is said once under a name: the text with the run mark of that name, by which it is found again. */
export function saidOnce(text: string, name: string): { readonly body: string; readonly once: string } {
  const once = formatRunMark(name)
  return { body: `${text}\n\n${once}`, once }
}

/** True for a text with the mark of any run. */
export function holdsRunMark(text: string): boolean {
  return anyRunMark.test(text)
}

/** Untrusted text for a place where Markdown shows it as it is: nothing in it reads as one of our marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll('<!-- ai-review', '<!- - ai-review')
}
