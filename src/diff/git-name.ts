/** A file name read from a diff; `rest` is what stands behind it. */
export type GitName =
  | { readonly kind: 'name'; readonly name: string; readonly rest: string }
  | { readonly kind: 'unreadable'; readonly reason: string }

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
}

// Quoted text alternates between runs without an escape and single escapes.
const QUOTED_PART = /([^"\\]+)|\\(?:([0-3][0-7]{2})|([abtnvfr"\\]))/y

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes of a C-quoted string that starts at `text[0] === '"'`, and the index behind its closing quote. */
function quotedBytes(text: string): { bytes: Buffer; end: number } | null {
  const pieces: Buffer[] = []
  QUOTED_PART.lastIndex = 1
  let end = 1
  for (let part = QUOTED_PART.exec(text); part !== null; part = QUOTED_PART.exec(text)) {
    const [, plain, octal, simple] = part
    if (plain !== undefined) pieces.push(Buffer.from(plain, 'utf8'))
    else if (octal !== undefined) pieces.push(Buffer.from([Number.parseInt(octal, 8)]))
    else pieces.push(Buffer.from([SIMPLE_ESCAPES[simple ?? ''] ?? 0]))
    end = QUOTED_PART.lastIndex
  }
  return text[end] === '"' ? { bytes: Buffer.concat(pieces), end: end + 1 } : null
}

function readQuoted(text: string): GitName {
  const quoted = quotedBytes(text)
  if (quoted === null) return { kind: 'unreadable', reason: 'the quoted name is broken' }
  if (quoted.bytes.includes(0)) return { kind: 'unreadable', reason: 'the name holds a NUL' }
  try {
    return { kind: 'name', name: utf8.decode(quoted.bytes), rest: text.slice(quoted.end) }
  } catch {
    return { kind: 'unreadable', reason: 'the name is not UTF-8' }
  }
}

/**
 * Reads a name as git writes it: C-quoted with octal bytes where it holds odd characters, plain otherwise.
 * A plain name ends at the first tab, behind which diff puts a timestamp. A name that is not UTF-8 is unreadable,
 * because GitHub's API could not be told which file is meant.
 */
export function readGitName(text: string): GitName {
  if (text.startsWith('"')) return readQuoted(text)
  const tab = text.indexOf('\t')
  const name = tab === -1 ? text : text.slice(0, tab)
  if (name.includes('\uFFFD')) return { kind: 'unreadable', reason: 'the name is not UTF-8' }
  if (name.includes('\0')) return { kind: 'unreadable', reason: 'the name holds a NUL' }
  return { kind: 'name', name, rest: tab === -1 ? '' : text.slice(tab) }
}

/** Takes up to `count` leading directories off, as `git apply -p` does; the last component always stays. */
export function stripDirectories(name: string, count: number): string {
  let start = 0
  for (let taken = 0; taken < count; taken += 1) {
    const slash = name.indexOf('/', start)
    if (slash === -1) break
    start = slash + 1
  }
  return name.slice(start)
}
