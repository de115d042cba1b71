import { styleText } from 'node:util'
import type { FindingsFile } from '../review/findings-file.ts'
import { skipReasons } from '../review/skip-reason.ts'
import { clip, visibleLine, visibleText } from '../review/visible-text.ts'

type Finding = FindingsFile['findings'][number]
type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

interface ReportOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
}

const styles: Record<Finding['severity'], Style> = {
  critical: 'redBright',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
}
/** What is said to the reader of the branch; the rest is counted. */
const shown: readonly string[] = ['posted', 'in-summary'] satisfies Finding['verdict'][]

/** A review as text for a terminal: findings by file, what was not reviewed, and one line that sums it up. */
export function terminalReport(file: FindingsFile, { colour, width }: ReportOptions): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text)
  const findings = file.findings.filter(({ verdict }) => shown.includes(verdict))
  const paths = [...new Set(findings.map(({ path }) => path))]
  const sections = paths.map((path) =>
    [
      paint('bold', visibleLine(path)),
      ...findings
        .filter((finding) => finding.path === path)
        .sort((a, b) => a.line - b.line)
        .map((finding) => entry(finding, Math.min(width, 100), paint)),
    ].join('\n'),
  )
  return `${[...sections, notReviewed(file, paint), remarks(file, paint), closing(file, paint)].filter((part) => part !== '').join('\n\n')}\n`
}

function entry(finding: Finding, width: number, paint: Paint): string {
  const { severity, category, line, side, title, body, suggestion } = finding
  const place = `${side === 'LEFT' ? '-' : ''}${line}`.padStart(6)
  const head = `${place}  ${paint(styles[severity], severity.padEnd(8))}  ${visibleLine(title)} ${paint('dim', `(${category})`)}`
  const text = visibleText(body)
    .split('\n')
    .flatMap((paragraph) => wrap(paragraph, width - 8))
  const fix = suggestion === undefined ? [] : suggested(suggestion)
  return [head, ...[...text, ...fix].map((row) => `        ${clip(row, 400)}`)].join('\n')
}

function suggested(replacement: string): string[] {
  if (replacement === '') return ['suggested: delete it']
  return [
    'suggested:',
    ...visibleText(replacement)
      .split('\n')
      .map((row) => `  ${row}`),
  ]
}

function notReviewed({ files }: FindingsFile, paint: Paint): string {
  const rows = [
    ...files.skipped.map(
      ({ path, reason }) => [path ?? '(unreadable path)', skipReasons[reason].sentence] as const,
    ),
    ...files.notReviewed.map(({ path, reason }) => [path ?? '(unreadable path)', reason] as const),
  ]
  const unique = [...new Map(rows).entries()]
  if (unique.length === 0) return ''
  return [
    paint('bold', 'Not reviewed'),
    ...unique.map(([path, reason]) => `        ${visibleLine(path)}  ${paint('dim', reason)}`),
  ].join('\n')
}

function remarks({ policy, notices, failure }: FindingsFile, paint: Paint): string {
  const rows = [
    ...policy.problems.map(({ message }) => message),
    ...notices.map(({ message }) => message),
    ...(failure === undefined ? [] : [`${failure.message} ${failure.hint}`]),
  ]
  return rows.map((row) => paint('yellow', visibleLine(row))).join('\n')
}

function closing(file: FindingsFile, paint: Paint): string {
  const counted = (['critical', 'high', 'medium', 'low'] as const).flatMap((severity) => {
    const count = file.findings.filter(
      (one) => one.severity === severity && shown.includes(one.verdict),
    ).length
    return count === 0 ? [] : [paint(styles[severity], `${count} ${severity}`)]
  })
  const { provenance, files, totalMs } = file
  const reviewed = files.reviewed.length
  return [
    counted.length === 0 ? silence(file, paint) : counted.join(', '),
    `${reviewed} ${reviewed === 1 ? 'file' : 'files'} reviewed`,
    ...(provenance === null ? [] : [visibleLine(provenance.model ?? 'no model took part: rules only')]),
    `${(totalMs / 1000).toFixed(1)} s`,
  ].join(' · ')
}

/** Nothing was found only where something was read. */
function silence({ failure, files }: FindingsFile, paint: Paint): string {
  if (failure !== undefined) return paint('yellow', 'Not reviewed')
  if (files.reviewed.length + files.notReviewed.length === 0) return 'Nothing to review'
  return files.reviewed.length === 0 ? paint('yellow', 'Not reviewed') : paint('green', 'Nothing found')
}

function wrap(text: string, width: number): string[] {
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const last = rows.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  return rows
}
