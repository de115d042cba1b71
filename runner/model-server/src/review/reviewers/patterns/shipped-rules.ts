import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRules } from './parse-rules.ts'
import type { PatternRule } from './rule.ts'

const rulesDirectory = join(import.meta.dirname, '../../../../rules')

/** The rules that come with the server, in the order of their files. Throws when one of them is wrong. */
export function loadShippedRules(directory = rulesDirectory): readonly PatternRule[] {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .sort()
  return paths.flatMap((path) => {
    const { rules, faults } = parseRules(readFileSync(join(directory, path), 'utf8'))
    if (faults.length > 0) throw new Error(`Shipped rules in ${path}: ${faults.join(' ')}`)
    return rules
  })
}
