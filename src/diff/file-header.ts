import { type GitName, readGitName } from './git-name.ts'

/** The lines above the hunks of one file, as they stand; `next` is the index of the first line behind them. */
export interface FileHeader {
  /** What stands behind `diff --git `; null in a diff that git did not make. */
  readonly names: string | null
  readonly oldMode: string | null
  readonly newMode: string | null
  readonly isNew: boolean
  readonly isDeleted: boolean
  readonly isCopy: boolean
  /** `rename from` or `copy from`, and their `to`. */
  readonly from: GitName | null
  readonly to: GitName | null
  /** `---` and `+++`. */
  readonly oldName: GitName | null
  readonly newName: GitName | null
  readonly binary: boolean
  readonly next: number
  readonly fault: string | null
}

type Draft = { -readonly [Key in keyof FileHeader]: FileHeader[Key] } & {
  blobsDiffer: boolean
}

const CONTENT_MISSING = 'the change itself is missing behind the header'
const MODE = /^[0-7]{6}$/
const BINARY = /^(?:GIT binary patch$|Binary files .* differ$)/s

/** Starts the header of a file in a diff that git made. */
export const GIT_HEADER = 'diff --git '

function readMode(text: string, draft: Draft): string | null {
  if (MODE.test(text)) return text
  draft.fault = 'a file mode is not readable'
  return null
}

const BLOBS = /^([0-9a-f]+)\.\.([0-9a-f]+)(?: |$)/

/** `index <old>..<new> <mode>`: the mode stands there only where both sides have the same one. */
function readIndex(value: string, draft: Draft): void {
  const [, oldBlob, newBlob] = BLOBS.exec(value) ?? []
  draft.blobsDiffer = oldBlob !== newBlob
  const blank = value.indexOf(' ')
  if (blank === -1) return
  const mode = readMode(value.slice(blank + 1), draft)
  draft.oldMode ??= mode
  draft.newMode ??= mode
}

const fields: Readonly<Record<string, (value: string, draft: Draft) => void>> = {
  'old mode ': (value, draft) => {
    draft.oldMode = readMode(value, draft)
  },
  'new mode ': (value, draft) => {
    draft.newMode = readMode(value, draft)
  },
  'deleted file mode ': (value, draft) => {
    draft.isDeleted = true
    draft.oldMode = readMode(value, draft)
  },
  'new file mode ': (value, draft) => {
    draft.isNew = true
    draft.newMode = readMode(value, draft)
  },
  'rename from ': (value, draft) => {
    draft.from = readGitName(value)
  },
  'rename to ': (value, draft) => {
    draft.to = readGitName(value)
  },
  'copy from ': (value, draft) => {
    draft.isCopy = true
    draft.from = readGitName(value)
  },
  'copy to ': (value, draft) => {
    draft.isCopy = true
    draft.to = readGitName(value)
  },
  'similarity index ': () => {},
  'dissimilarity index ': () => {},
  'index ': readIndex,
}
const FIELD =
  /^(?:(?:old|new|deleted file|new file) mode|(?:rename|copy) (?:from|to)|(?:dis)?similarity index|index) /

function emptyDraft(names: string | null, next: number): Draft {
  return {
    names,
    oldMode: null,
    newMode: null,
    isNew: false,
    isDeleted: false,
    isCopy: false,
    from: null,
    to: null,
    oldName: null,
    newName: null,
    binary: false,
    next,
    fault: null,
    blobsDiffer: false,
  }
}

function readNamePair(lines: readonly string[], draft: Draft): void {
  const oldLine = lines[draft.next] ?? ''
  const newLine = lines[draft.next + 1] ?? ''
  if (!newLine.startsWith('+++ ')) {
    draft.fault = 'the header ends before its second name'
    return
  }
  draft.oldName = readGitName(oldLine.slice('--- '.length))
  draft.newName = readGitName(newLine.slice('+++ '.length))
  draft.next += 2
  const body = lines[draft.next] ?? ''
  // Some tools name both sides of a binary file; git reads that as a file without a change.
  if (!body.startsWith('@@ ') && !body.startsWith('Binary files ')) draft.fault = CONTENT_MISSING
}

function readGitHeader(lines: readonly string[], start: number): FileHeader {
  const draft = emptyDraft((lines[start] ?? '').slice(GIT_HEADER.length), start + 1)
  for (let line = lines[draft.next]; line !== undefined; line = lines[draft.next]) {
    const prefix = FIELD.exec(line)?.[0]
    if (prefix === undefined) break
    fields[prefix]?.(line.slice(prefix.length), draft)
    draft.next += 1
  }
  const line = lines[draft.next]
  if (line === undefined) {
    // The blobs differ, so the change was cut off. An added or deleted file may be empty.
    if (draft.blobsDiffer && !draft.isNew && !draft.isDeleted) draft.fault ??= CONTENT_MISSING
  } else if (line.startsWith('--- ')) readNamePair(lines, draft)
  else if (BINARY.test(line)) draft.binary = true
  return draft
}

/** True where `lines[at]` opens a file: three lines in a row, because `---` alone is also a rule in a mail. */
export function opensUnified(lines: readonly string[], at: number): boolean {
  return (
    lines[at]?.startsWith('--- ') === true &&
    lines[at + 1]?.startsWith('+++ ') === true &&
    lines[at + 2]?.startsWith('@@ -') === true
  )
}

/** The header that starts at `lines[at]`, or null where none does. */
export function readFileHeader(lines: readonly string[], at: number): FileHeader | null {
  if (lines[at]?.startsWith(GIT_HEADER) === true) return readGitHeader(lines, at)
  if (!opensUnified(lines, at)) return null
  const draft = emptyDraft(null, at)
  readNamePair(lines, draft)
  return draft
}
