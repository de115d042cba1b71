import { type Category, type Severity, severities } from '@ai-review/protocol/finding'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import { conclude } from './conclude.ts'
import { unreviewedFiles } from './coverage.ts'
import { describeLines } from './finding-location.ts'
import type { JudgedFinding } from './judge.ts'
import type { ReviewSummary } from './review-summary.ts'
import { visibleLine, visibleText } from './visible-text.ts'
import { styleNote, type VoiceContext } from './voice-line.ts'

/** GitHub reads `security-severity` as a CVSS score: over 9 critical, from 7 high, from 4 medium. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

function ruleOf(category: Category, judged: readonly JudgedFinding[]): ReportingDescriptor {
  const found = new Set(
    judged
      .map(({ finding }) => finding)
      .filter((one) => one.category === category)
      .map((one) => one.severity),
  )
  const worst = severities.find((severity) => found.has(severity)) ?? 'low'
  const words = category.replaceAll('-', ' ')
  return {
    id: `ai-review/${category}`,
    name: category,
    shortDescription: { text: `A remark on ${words}` },
    defaultConfiguration: { level: levels[worst] },
    properties: {
      tags: [category],
      ...(category === 'security' ? { 'security-severity': scores[worst] } : {}),
    },
  }
}

function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}

/** A deleted line has no place in the file after the change: then the message tells where it stood. */
function resultOf({ finding, verdict }: JudgedFinding, about: VoiceContext): Result {
  const { side, startLine, line, severity, category, confidence, reviewer, identity } = finding
  const region = side === 'RIGHT' ? { region: { startLine: startLine ?? line, endLine: line } } : {}
  const where = side === 'RIGHT' ? '' : ` (${describeLines(finding)})`
  const told = [visibleText(finding.body), styleNote(finding, about)].filter((part) => part !== '')
  return {
    ruleId: `ai-review/${category}`,
    level: levels[severity],
    message: { text: [`${visibleLine(finding.title)}${where}`, ...told].join('\n\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.path), uriBaseId: '%SRCROOT%' },
          ...region,
        },
      },
    ],
    partialFingerprints: { 'aiReviewIdentity/v1': identity },
    properties: { severity, confidence, reviewer, verdict },
  }
}

/** Text of `findings.sarif`, SARIF 2.1.0. Findings below the threshold stay out: an upload shows everything in it. */
export function renderSarif(summary: ReviewSummary): string {
  const told = summary.judged.filter(({ verdict }) => verdict !== 'below-threshold')
  const used = [...new Set(told.map(({ finding }) => finding.category))].sort()
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'ai-review',
            rules: used.map((category) => ruleOf(category, told)),
          },
        },
        invocations: [
          {
            executionSuccessful: summary.answer !== null && summary.failure === undefined,
            properties: {
              conclusion: conclude(summary),
              filesNotReviewed: unreviewedFiles(summary).length,
            },
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: told.map((one) => resultOf(one, summary)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
