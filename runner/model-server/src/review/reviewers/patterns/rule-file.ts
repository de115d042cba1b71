import { Category, findingLimits, Severity } from '@ai-review/protocol/finding'
import { z } from 'zod'
import { type Language, languages } from '../../syntax/languages.ts'

/** Names that ast-grep's own rule files use for the languages known here. */
const languageByName = new Map<string, Language>([
  ...languages.map((language): [string, Language] => [language.toLowerCase(), language]),
  ['js', 'JavaScript'],
  ['jsx', 'JavaScript'],
  ['ts', 'TypeScript'],
  ['py', 'python'],
  ['golang', 'go'],
])

const LanguageName = z.string().transform((name, context) => {
  const language = languageByName.get(name.toLowerCase())
  if (language !== undefined) return language
  context.addIssue({ code: 'custom', message: `must be one of ${languages.join(', ')}` })
  return z.NEVER
})

/** More globs, or longer ones, make matching 3,000 paths slow. */
const Globs = z
  .array(
    z
      .string()
      .min(1)
      .max(256)
      .refine((glob) => (glob.match(/[{,]/g) ?? []).length <= 64, 'has too many alternatives'),
  )
  .max(50)
const NativeObject = z.record(z.string(), z.unknown())

const severityOf = { error: 'high', warning: 'medium', info: 'low', hint: 'low', off: 'off' } as const

/**
 * One document of an ast-grep rule file, https://ast-grep.github.io/reference/yaml.html. Keys it does not name are
 * ignored. `metadata` holds what ast-grep has no word for: `category`, `confidence`, a finer `severity`, and further
 * `languages` in which the same rule holds, and `mentions`: texts of which a file must hold one for the rule to run.
 */
export const RuleDocument = z
  .object({
    id: z.string().regex(/^[\w./-]{1,100}$/, 'must be 1 to 100 letters, digits or any of . / _ -'),
    language: LanguageName,
    severity: z.enum(['error', 'warning', 'info', 'hint', 'off']).default('hint'),
    message: z.string().trim().min(1).max(1000),
    note: z.string().trim().max(findingLimits.body).default(''),
    files: Globs.default([]),
    ignores: Globs.default([]),
    rule: NativeObject,
    constraints: NativeObject.optional(),
    utils: NativeObject.optional(),
    transform: NativeObject.optional(),
    rewriters: z.undefined('is not supported here').optional(),
    fix: z.string('must be a text').max(findingLimits.suggestion).optional(),
    metadata: z
      .object({
        category: Category.default('maintainability'),
        confidence: z.number().min(0).max(1).default(0.7),
        severity: Severity.optional(),
        languages: z.array(LanguageName).max(languages.length).default([]),
        mentions: z.array(z.string().min(1).max(100)).max(20).default([]),
      })
      .prefault({}),
  })
  .transform((file) => ({ ...file, severity: file.metadata.severity ?? severityOf[file.severity] }))
export type RuleDocument = z.infer<typeof RuleDocument>
