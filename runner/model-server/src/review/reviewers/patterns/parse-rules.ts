import { findingLimits } from '@ai-review/protocol/finding'
import { type Document, parseAllDocuments } from 'yaml'
import type { PatternRule } from './rule.ts'
import { RuleDocument } from './rule-file.ts'

/** Limits of one rule file; beyond them it is not read at all. */
const ruleFileLimits = { bytes: 65_536, lines: 3000, rules: 100, depth: 40, nodes: 5000 } as const

interface ParsedRules {
  readonly rules: readonly PatternRule[]
  /** Ids whose severity is `off`. */
  readonly off: readonly string[]
  /** Plain sentences of ours, without text of the file. */
  readonly faults: readonly string[]
}

/** Whether a value stays within depth and size; stops counting at the first excess. */
function isBounded(value: unknown): boolean {
  let nodes = 0
  const visit = (part: unknown, depth: number): boolean => {
    nodes += 1
    if (depth > ruleFileLimits.depth || nodes > ruleFileLimits.nodes) return false
    if (typeof part !== 'object' || part === null) return true
    return Object.values(part).every((child) => visit(child, depth + 1))
  }
  return visit(value, 0)
}

function shortened(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}

function toRule(file: RuleDocument, severity: PatternRule['severity']): PatternRule {
  const firstLine = file.message.split('\n', 1)[0] ?? ''
  const title = shortened(firstLine, findingLimits.title)
  const body = title === file.message ? file.note : `${file.message}\n\n${file.note}`.trim()
  const { rule, constraints, utils, transform } = file
  return {
    id: file.id,
    languages: [...new Set([file.language, ...file.metadata.languages])],
    severity,
    category: file.metadata.category,
    confidence: file.metadata.confidence,
    title,
    body: shortened(body, findingLimits.body),
    ...(file.fix === undefined ? {} : { fix: file.fix }),
    files: file.files,
    ignores: file.ignores,
    mentions: file.metadata.mentions,
    matcher: {
      rule,
      ...(constraints === undefined ? {} : { constraints }),
      ...(utils === undefined ? {} : { utils }),
      ...(transform === undefined ? {} : { transform }),
    },
  }
}

/** The value of one document, or null where it is not YAML, uses an alias, or is too deep or too large. */
function plainValue(document: Document.Parsed): { readonly value: unknown } | null {
  if (document.errors.length > 0) return null
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 })
    return isBounded(value) ? { value } : null
  } catch {
    return null
  }
}

function readDocuments(text: string): readonly Document.Parsed[] | null {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, merge: false })
    return Array.isArray(documents) ? documents : []
  } catch {
    // The parser recurses: very deep nesting ends it.
    return null
  }
}

function reasonOf(error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const issue = error.issues[0]
  return `\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? 'is wrong'}`
}

/** Reads a file of ast-grep rules, one per YAML document. A document that is wrong is a fault; the others count. */
export function parseRules(text: string): ParsedRules {
  const lines = text.split('\n').length
  if (Buffer.byteLength(text) > ruleFileLimits.bytes || lines > ruleFileLimits.lines)
    return { rules: [], off: [], faults: [`The file is longer than 64 KB or ${ruleFileLimits.lines} lines.`] }
  const documents = readDocuments(text)
  if (documents === null || documents.length > ruleFileLimits.rules)
    return {
      rules: [],
      off: [],
      faults: [`The file is nested too deep, or has over ${ruleFileLimits.rules} rules.`],
    }
  const rules: PatternRule[] = []
  const off: string[] = []
  const faults: string[] = []
  for (const [index, document] of documents.entries()) {
    const read = plainValue(document)
    const parsed = read === null ? null : RuleDocument.safeParse(read.value)
    const where = `Rule ${index + 1} of the file`
    if (parsed === null)
      faults.push(`${where} is not plain YAML (no aliases, at most ${ruleFileLimits.depth} levels).`)
    else if (!parsed.success) faults.push(shortened(`${where}: ${reasonOf(parsed.error)}.`, 400))
    else if (parsed.data.severity === 'off') off.push(parsed.data.id)
    else rules.push(toRule(parsed.data, parsed.data.severity))
  }
  return { rules, off, faults }
}
