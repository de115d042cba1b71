import { severities } from '@ai-review/protocol/finding'
import { boundedList } from './bounded-list.ts'
import { counted, describeSeverities, numeral, type StandingFinding, standingsOf } from './counts.ts'
import { paragraphs } from './paragraphs.ts'
import { renderStanding } from './render-entry.ts'
import type { ReviewSummary } from './review-summary.ts'

const names = { open: 'Still open', fixed: 'Fixed', declined: 'Declined' } as const

/** How many findings are new, still open, fixed and declined, by severity; '' where there are none at all. */
export function renderTally(summary: ReviewSummary): string {
  const { new: fresh, ...earlier } = standingsOf(summary)
  const rows = [
    { name: 'New', found: fresh.map(({ finding }) => finding.severity) },
    ...(['open', 'fixed', 'declined'] as const).map((standing) => ({
      name: names[standing],
      found: earlier[standing].map(({ record }) => record.severity),
    })),
  ].filter(({ found }) => found.length > 0)
  const known = severities.filter((severity) => rows.some(({ found }) => found.includes(severity)))
  if (rows.length === 0) return ''
  const table = rows.map(({ name, found }) => [
    name,
    ...known
      .map((severity) => found.filter((one) => one === severity).length)
      .map((count) => (count === 0 ? '' : numeral(count))),
    `**${numeral(found.length)}**`,
  ])
  const heads = ['Findings', ...known.map((name) => name.charAt(0).toUpperCase() + name.slice(1)), 'All']
  const rule = heads.map((_, index) => (index === 0 ? ':--' : '--:'))
  return [heads, rule, ...table].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Threads that a fixed finding leaves open because the token may not resolve them; '' where there are none. */
function renderPermission(fixed: readonly StandingFinding[]): string {
  const count = fixed.filter(({ record }) => record.step === 'leave-not-permitted').length
  if (count === 0) return ''
  const [threads, them] = count === 1 ? ['thread stays', 'it'] : ['threads stay', 'them']
  return `${numeral(count)} ${threads} open: the token may not resolve ${them} without \`contents: write\`.`
}

/** What has a thread, or words of this run, is listed; what stands in an earlier summary only is counted. */
function renderList(found: readonly StandingFinding[], summary: ReviewSummary, most: number): string {
  const listed = found.filter(({ record, again }) => record.thread !== null || again !== undefined)
  const unlisted = found.filter(({ record, again }) => record.thread === null && again === undefined)
  const list = boundedList(listed, (one) => renderStanding(one, summary), { most })
  if (unlisted.length === 0) return list
  const kinds = describeSeverities(unlisted.map(({ record }) => record.severity))
  const counts = `${counted(unlisted.length, 'finding')} told in the summary of an earlier review: ${kinds}.`
  return paragraphs([list, counts])
}

/** What became of the findings of earlier runs, each with the way to its thread. `most` is characters of each list. */
export function renderStandings(
  summary: ReviewSummary,
  most: number,
  { note }: { readonly note: 'with-note' | 'without-note' } = { note: 'with-note' },
): string {
  const standings = standingsOf(summary)
  const lists = (['open', 'fixed', 'declined'] as const)
    .filter((standing) => standings[standing].length > 0)
    .map((standing) => {
      const found = standings[standing]
      const permission = standing === 'fixed' && note === 'with-note' ? renderPermission(found) : ''
      const title = `### ${names[standing]}: ${counted(found.length, 'finding')}`
      return paragraphs([title, permission, renderList(found, summary, most)])
    })
  return paragraphs(lists)
}
