import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createPatternsReviewer } from '../../../../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { loadShippedRules } from '../../../../runner/model-server/src/review/reviewers/patterns/shipped-rules.ts'
import type { Language } from '../../../../runner/model-server/src/review/syntax/languages.ts'
import { aChangedFile, aReviewRequest } from '../../../support/review-request.ts'
import { aReviewerContext } from '../../../support/reviewer-context.ts'

const CaseFile = z.strictObject({
  path: z.string(),
  rules: z.record(
    z.string(),
    z.strictObject({
      path: z.string().optional(),
      bad: z.array(z.string()).min(2),
      good: z.array(z.string()).min(2),
    }),
  ),
})

const extensions: Readonly<Record<Language, string>> = {
  JavaScript: '.js',
  TypeScript: '.ts',
  Tsx: '.tsx',
  python: '.py',
  java: '.java',
  go: '.go',
}

interface Case {
  readonly id: string
  readonly verdict: 'bad' | 'good'
  readonly text: string
  readonly path: string
}

const rules = loadShippedRules()
const directory = join(import.meta.dirname, 'cases')

/** Every snippet in every language of its rule, each in a file of its own. */
const cases: readonly Case[] = readdirSync(directory).flatMap((name) => {
  const file = CaseFile.parse(parse(readFileSync(join(directory, name), 'utf8')))
  return Object.entries(file.rules).flatMap(([id, { bad, good, path = file.path }]) => {
    const languages = rules.find((rule) => rule.id === id)?.languages ?? []
    return languages.flatMap((language) => {
      const place = path.replace(/\.\w+$/, extensions[language])
      const toCase = (verdict: Case['verdict']) => (text: string, index: number) => ({
        id,
        verdict,
        text,
        path: `${id}-${verdict}-${index}/${place}`,
      })
      return [...bad.map(toCase('bad')), ...good.map(toCase('good'))]
    })
  })
})

describe('the shipped rules', () => {
  const rulesByPath = new Map<string, Set<string>>()

  beforeAll(async () => {
    const files = cases.map(({ path, text }) =>
      aChangedFile(
        text.split('\n').map((line) => `+${line}`),
        { path },
      ),
    )
    const result = await createPatternsReviewer().review(aReviewRequest(files), aReviewerContext())
    expect(result.coverage).toEqual([])
    for (const { path, evidence } of result.candidates) {
      const ids = rulesByPath.get(path) ?? new Set<string>()
      rulesByPath.set(path, ids.add(evidence[0]?.reference ?? ''))
    }
  })

  it('have ids of their own, and cases', () => {
    const ids = rules.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...new Set(cases.map(({ id }) => id))].sort()).toEqual([...ids].sort())
  })

  it.each(rules.map((rule) => rule.id))('%s flags what it must and nothing else', (id) => {
    const ofRule = cases.filter((one) => one.id === id)
    const wrong = ofRule.filter(
      ({ path, verdict }) => (rulesByPath.get(path)?.has(id) ?? false) !== (verdict === 'bad'),
    )
    expect(wrong.map(({ verdict, text, path }) => `${verdict} in ${path}: ${text}`)).toEqual([])
  })

  it('say in whole sentences what is wrong and why', () => {
    for (const rule of rules) {
      expect(rule.title, rule.id).toMatch(/^[A-Z`][^\n]{10,}[^.]$/)
      expect(rule.body, rule.id).toMatch(/^[A-Z`][^\n]{20,}\.$/)
    }
  })
})
