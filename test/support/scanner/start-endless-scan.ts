import { parseRules } from '../../../runner/model-server/src/review/reviewers/patterns/parse-rules.ts'
import { toScanRule } from '../../../runner/model-server/src/review/reviewers/patterns/scan-source.ts'
import { createScanner } from '../../../runner/model-server/src/review/reviewers/patterns/scanner.ts'

/** A program that starts a scan of many minutes and says so on its standard output. */
const slow = {
  id: 'slow',
  language: 'TypeScript',
  message: 'Slow',
  rule: { kind: 'binary_expression', has: { kind: 'identifier', regex: '^z$', stopBy: 'end' } },
}
const rules = parseRules(JSON.stringify(slow)).rules.map(toScanRule)
const scanner = createScanner({ shipped: [], stallMs: 600_000 }).forReview()
const task = { language: 'TypeScript', known: [], rules, budgetMs: 600_000 } as const

await scanner.scan({ ...task, text: 'ok()' })
void scanner.scan({ ...task, text: `x = ${Array(300_000).fill("'a'").join(' + ')}` })
process.stdout.write('scanning\n')
