import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { nearestWord } from './nearest-word.ts'
import { defaultPolicy, Policy, policyLimits } from './policy.ts'
import { type PolicyYaml, parsePolicyYaml } from './policy-yaml.ts'

/** Something wrong in the policy file. `message` is one line of our own words, safe to print in any log. */
interface PolicyProblem {
  readonly path: string
  /** 1-based; 1 where the whole file is meant. */
  readonly line: number
  readonly column: number
  /** The key as a dotted path, '' for the whole file. */
  readonly key: string
  readonly message: string
}

/** With any problem `policy` is the default one, whole. `hash` is of the policy in force. */
export interface ParsedPolicy {
  readonly policy: Policy
  readonly problems: readonly PolicyProblem[]
  readonly hash: string
}

type Issue = z.core.$ZodIssue

const mostProblems = 20

/** Keys of the file reach logs and pages: only plain characters, and not many of them. */
function shown(text: string): string {
  const plain = text.replace(/[^\w./-]/g, '?')
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
}

function describeBound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const [word, bound] =
    issue.code === 'too_small' ? ['at least', issue.minimum] : (['at most', issue.maximum] as const)
  const unit = { string: ' characters long', array: ' entries long' }[issue.origin as string] ?? ''
  return `must be ${word} ${bound}${unit}`
}

/** What a text of this key looks like. */
const forms: Readonly<Record<string, string>> = {
  login: 'must be the login of a person and nothing else, such as octocat; teams and bots have no style',
  name: "must begin with a letter or a digit, and hold letters, digits, spaces and .'’()- alone, 60 at most",
  language: 'must be the name of a language, such as English or pt-BR',
}

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? 'another kind of value'}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
    case 'too_big':
      return describeBound(issue)
    case 'custom':
      return issue.message
    default:
      return forms[String(issue.path.at(-1))] ?? 'is not a value that this key can have'
  }
}

const keysBelow: Readonly<Record<string, readonly string[]>> = {
  rules: ['disable'],
  commands: ['allow'],
  personas: ['login', 'name', 'paths', 'codeowners', 'refresh'],
  instructions: ['paths', 'text'],
}

/** Keys that the schema knows in the mapping at a path. */
function knownKeys([top]: readonly PropertyKey[]): readonly string[] {
  return top === undefined ? Object.keys(Policy.shape) : (keysBelow[String(top)] ?? [])
}

interface Where {
  readonly path: string
  readonly yaml: PolicyYaml
}

function problemAt(
  { path, yaml }: Where,
  offset: number,
  said: { key: string; text: string },
): PolicyProblem {
  const { line, column } = yaml.positionOf(offset)
  const key = shown(said.key)
  const subject = key === '' ? 'the file ' : `"${key}" `
  return { path, line, column, key, message: `${shown(path)} line ${line}: ${subject}${said.text}` }
}

function problemsOf(issue: Issue, where: Where): PolicyProblem[] {
  const { yaml } = where
  if (issue.code !== 'unrecognized_keys') {
    const said = { key: issue.path.map(String).join('.'), text: describeIssue(issue) }
    return [problemAt(where, yaml.offsetOf(issue.path), said)]
  }
  const known = knownKeys(issue.path)
  return issue.keys.map((key) => {
    const meant = nearestWord(key, known)
    const hint = meant === null ? `known keys are ${known.join(', ')}` : `did you mean "${meant}"?`
    const said = { key: [...issue.path, key].map(String).join('.'), text: `is not a known key; ${hint}` }
    return problemAt(where, yaml.offsetOf(issue.path, key), said)
  })
}

/** JSON with sorted keys, so that the order of the file does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )
}

function inForce(policy: Policy, problems: readonly PolicyProblem[]): ParsedPolicy {
  return { policy, problems, hash: createHash('sha256').update(canonical(policy)).digest('hex') }
}

/** The default policy, in force because of what is wrong with the whole file: `fault` is a clause of our own words. */
export function unusablePolicy(path: string, fault: string): ParsedPolicy {
  const message = `${shown(path)} line 1: ${fault}`
  return inForce(defaultPolicy, [{ path, line: 1, column: 1, key: '', message }])
}

/**
 * Reads the text of a policy file; null means that there is none. Never throws: with any problem the default policy
 * is in force, whole, because half a policy is what nobody wrote.
 */
export function parsePolicy(text: string | null, path: string): ParsedPolicy {
  if (text === null) return inForce(defaultPolicy, [])
  if (Buffer.byteLength(text) > policyLimits.bytes) {
    return unusablePolicy(path, `the file is longer than ${policyLimits.bytes} bytes`)
  }
  const yaml = parsePolicyYaml(text)
  const where = { path, yaml }
  const broken = yaml.problems.map(({ offset, message }) =>
    problemAt(where, offset, { key: '', text: message }),
  )
  if (broken.length > 0) return inForce(defaultPolicy, broken.slice(0, mostProblems))
  const parsed = Policy.safeParse(yaml.value)
  if (parsed.success) return inForce(parsed.data, [])
  const problems = parsed.error.issues
    .flatMap((issue) => problemsOf(issue, where))
    .sort((a, b) => a.line - b.line || a.column - b.column)
  return inForce(defaultPolicy, problems.slice(0, mostProblems))
}
