import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { policyJsonSchema } from '../../../src/review/policy-json-schema.ts'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/policy.md'), 'utf8')

interface Property {
  readonly description: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
}
const { properties } = policyJsonSchema() as { properties: Record<string, Property> }

/** Cells of the table of keys: key, values, default, meaning. */
const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*?) \| (.*?) ?\| (.*) \|$/gm)].map(
  ([, key = '', values = '', byDefault = '', meaning = '']) => ({ key, values, byDefault, meaning }),
)

describe('the page about the policy', () => {
  it('tells of every key, in the words of the schema', () => {
    const told = rows.map(({ key, byDefault, meaning }) => [key, byDefault, meaning])
    const known = Object.entries(properties).map(([key, property]) => [
      key,
      property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``,
      property.description,
    ])
    expect(told).toEqual(known)
  })

  it('names the values that a key can have', () => {
    const wrong = rows.filter(({ key, values }) => {
      const { enum: allowed, minimum, maximum } = properties[key]!
      if (allowed) return values !== allowed.map((value) => `\`${value}\``).join(', ')
      return minimum !== undefined && values !== `${minimum} to ${maximum}`
    })
    expect(wrong).toEqual([])
  })

  it('shows a policy that is valid', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    expect(parsePolicy(example, 'docs/policy.md').problems).toEqual([])
    expect(parsePolicy(example, 'docs/policy.md').policy['max-comments']).toBe(5)
  })

  it('goes with a schema file that is up to date', () => {
    const published = JSON.parse(readFileSync(join(root, 'schema/ai-review.schema.json'), 'utf8'))
    expect(published).toEqual(policyJsonSchema())
  })
})
