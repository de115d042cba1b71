import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Parser,
  visit,
} from 'yaml'
import { policyLimits } from './policy.ts'

/** Offset in the text and what is wrong there, in our own words. */
interface YamlProblem {
  readonly offset: number
  readonly message: string
}

/** A policy file as a tree that still knows where everything stands. */
export interface PolicyYaml {
  readonly value: unknown
  readonly problems: readonly YamlProblem[]
  positionOf(offset: number): { readonly line: number; readonly column: number }
  /** Offset of the value at a path, or of the key `key` of the mapping there. */
  offsetOf(path: readonly PropertyKey[], key?: string): number
}

// Checking that keys are unique takes quadratic time.
const mostTokens = 5000
// Nested flow collections take the parser more than linear time.
const mostBrackets = 1000

function nested(token: CST.Token): CST.Token[] {
  const found: CST.Token[] = []
  if (token.type === 'document' && token.value) found.push(token.value)
  if ('items' in token) {
    for (const item of token.items) {
      if (item.key) found.push(item.key)
      if (item.value) found.push(item.value)
    }
  }
  return found
}

/** Walks without recursion, so that a file of brackets alone does not end the stack. */
function tooDeepOrLong(tokens: readonly CST.Token[]): YamlProblem | null {
  const rest = tokens.map((token) => ({ token, depth: 0 }))
  let seen = 0
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    seen += 1
    if (at.depth > policyLimits.depth) {
      return { offset: at.token.offset, message: `is nested more than ${policyLimits.depth} deep` }
    }
    if (seen > mostTokens) return { offset: at.token.offset, message: 'holds too many entries' }
    for (const token of nested(at.token)) rest.push({ token, depth: at.depth + 1 })
  }
  return null
}

function forbiddenNodes(document: Document.Parsed): YamlProblem[] {
  const problems: YamlProblem[] = []
  visit(document, (_key, node) => {
    if (!isNode(node)) return
    const offset = node.range?.[0] ?? 0
    const isAnchored = !isAlias(node) && node.anchor !== undefined
    if (isAlias(node) || isAnchored)
      problems.push({ offset, message: 'uses an anchor or alias; write the value out' })
    else if (node.tag !== undefined) problems.push({ offset, message: 'uses a tag; write a plain value' })
  })
  return problems
}

function documentProblems(documents: readonly Document.Parsed[]): YamlProblem[] {
  const [first, second] = documents
  if (first === undefined) return []
  if (second !== undefined) {
    return [{ offset: second.range[0], message: 'holds more than one document; keep the first' }]
  }
  const broken = first.errors.map(({ pos, code }) => ({
    offset: pos[0],
    message: `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
  }))
  if (broken.length > 0) return broken
  return forbiddenNodes(first)
}

function offsetOf(document: Document.Parsed | undefined, path: readonly PropertyKey[], key?: string): number {
  const node = document?.getIn(path, true)
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0
  }
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

/** Reads YAML 1.2 without anchors, aliases, merge keys, tags or a second document, in bounded time. Never throws. */
export function parsePolicyYaml(text: string): PolicyYaml {
  const lines = new LineCounter()
  const brackets = text.match(/[[{]/g)?.length ?? 0
  const tokens = brackets > mostBrackets ? [] : [...new Parser(lines.addNewLine).parse(text)]
  const tooMuch =
    brackets > mostBrackets ? { offset: 0, message: 'holds too many brackets' } : tooDeepOrLong(tokens)
  const documents =
    tooMuch === null
      ? [...new Composer({ merge: false, prettyErrors: false, logLevel: 'silent' }).compose(tokens)].filter(
          (document) => 'errors' in document,
        )
      : []
  const [document] = documents
  const problems = tooMuch === null ? documentProblems(documents) : [tooMuch]
  return {
    value: problems.length === 0 ? (document?.toJS({ maxAliasCount: 0 }) ?? {}) : {},
    problems,
    positionOf: (offset) => {
      const { line, col } = lines.linePos(offset)
      return { line: Math.max(1, line), column: Math.max(1, col) }
    },
    offsetOf: (path, key) => offsetOf(document, path, key),
  }
}
