/** A file name read from a diff; `rest` is what stands behind it. */
export type GitName =
  | { readonly kind: 'name'; readonly name: string; readonly rest: string }
  | { readonly kind: 'unreadable'; readonly reason: string }

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
}

// Quoted text alternates between runs without an escape and single escapes.
const QUOTED_PART = /([^"\\]+)|\\(?:([0-3][0-7]{2})|([abtnvfr"\\]))/y

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The bytes of a C-quoted string that starts at `text[0] === '"'`, and the index behind its closing quote. */
function quotedBytes(text: string): { bytes: Buffer; end: number } | null {
  // One character per byte, which is cheaper than a buffer per escape.
  let latin1 = ''
  let end = 1
  QUOTED_PART.lastIndex = end
  for (let part = QUOTED_PART.exec(text); part !== null; part = QUOTED_PART.exec(text)) {
    const [, plain, octal, simple = ''] = part
    if (plain !== undefined) latin1 += Buffer.from(plain, 'utf8').toString('latin1')
    else
      latin1 += octal === undefined ? SIMPLE_ESCAPES[simple] : String.fromCharCode(Number.parseInt(octal, 8))
    end = QUOTED_PART.lastIndex
  }
  return text[end] === '"' ? { bytes: Buffer.from(latin1, 'latin1'), end: end + 1 } : null
}

function readQuoted(text: string): GitName {
  const quoted = quotedBytes(text)
  if (quoted === null) return { kind: 'unreadable', reason: 'the quoted name is broken' }
  if (quoted.bytes.includes(0)) return { kind: 'unreadable', reason: 'the name holds a NUL' }
  return { kind: 'name', name: utf8.decode(quoted.bytes), rest: text.slice(quoted.end) }
}

/**
 * Reads a name as git writes it: C-quoted with octal bytes where it holds odd characters, plain otherwise.
 * A plain name ends at the first tab, behind which diff puts a timestamp. Bytes that are not UTF-8 become U+FFFD, in
 * the name as in the rest of the diff.
 */
export function readGitName(text: string): GitName {
  if (text.startsWith('"')) return readQuoted(text)
  const tab = text.indexOf('\t')
  const name = tab === -1 ? text : text.slice(0, tab)
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
