import { Minimatch } from 'minimatch'

/** What `.gitattributes` says about a file. */
export interface FileAttributes {
  readonly generated: boolean
  readonly vendored: boolean
}

/** A `.gitattributes` file by its path in the repository. */
interface AttributesFile {
  readonly path: string
  readonly text: string
}

interface AttributeRule {
  /** '' for the root, else the directory with a slash at its end. */
  readonly below: string
  readonly glob: Minimatch
  readonly attribute: keyof FileAttributes
  /** Undefined takes back what an earlier rule said (`!attribute`). */
  readonly value: boolean | undefined
}

/** Beyond these a line is no rule: the text is untrusted and each rule is tried on each file. */
const limits = { rules: 1000, patternLength: 256 } as const

const names: Readonly<Record<string, keyof FileAttributes>> = {
  'linguist-generated': 'generated',
  'linguist-vendored': 'vendored',
}

function attributeOf(word: string): Pick<AttributeRule, 'attribute' | 'value'> | null {
  const [, sign = '', name = '', value] = /^([-!]?)([^=]+)(?:=(.*))?$/.exec(word) ?? []
  const attribute = Object.hasOwn(names, name) ? names[name] : undefined
  if (attribute === undefined) return null
  if (sign === '!') return { attribute, value: undefined }
  return { attribute, value: sign !== '-' && value !== 'false' }
}

function patternAndRest(line: string): readonly [string, string] | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"(?:[ \t]+(.*))?$/.exec(line)
  if (quoted) return [(quoted[1] ?? '').replace(/\\(["\\])/g, '$1'), quoted[2] ?? '']
  const plain = /^(\S+)[ \t]+(.*)$/.exec(line)
  return plain ? [plain[1] ?? '', plain[2] ?? ''] : null
}

function globOf(pattern: string): Minimatch | null {
  // A negative pattern is forbidden in this file, and one that ends in a slash matches no file in it.
  if (pattern.length > limits.patternLength || /^!|\/$/.test(pattern)) return null
  return new Minimatch(pattern.replace(/^\//, ''), {
    dot: true,
    nocomment: true,
    nonegate: true,
    noext: true,
    nobrace: true,
    matchBase: !pattern.startsWith('/'),
  })
}

function rulesOf({ path, text }: AttributesFile): AttributeRule[] {
  const below = path.slice(0, path.lastIndexOf('/') + 1)
  return text.split(/\r?\n/).flatMap((raw) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith('[attr]')) return []
    const [pattern, rest] = patternAndRest(line) ?? []
    const glob = pattern === undefined ? null : globOf(pattern)
    if (glob === null || rest === undefined) return []
    return rest
      .split(/[ \t]+/)
      .map(attributeOf)
      .filter((found) => found !== null)
      .map((found) => ({ below, glob, ...found }))
  })
}

/**
 * Reads `linguist-generated` and `linguist-vendored` as git does: later lines win over earlier ones, and files in
 * deeper directories over those above (gitattributes(5)). Macros are not expanded.
 */
export function gitAttributes(files: readonly AttributesFile[]): (path: string) => FileAttributes {
  const rules = [...files]
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
    .flatMap(rulesOf)
    .slice(0, limits.rules)
    .reverse()
  const isSet = (path: string, attribute: keyof FileAttributes): boolean =>
    rules.find(
      (rule) =>
        rule.attribute === attribute &&
        path.startsWith(rule.below) &&
        rule.glob.match(path.slice(rule.below.length)),
    )?.value ?? false
  return (path) => ({ generated: isSet(path, 'generated'), vendored: isSet(path, 'vendored') })
}
