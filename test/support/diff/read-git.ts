/** What git itself says about one file of a diff, read without any name in a patch's header. */
export interface GitFile {
  readonly status: string
  readonly oldMode: string
  readonly newMode: string
  /** True of a pure move or a change of mode. */
  readonly sameBlob: boolean
  /** Bytes as latin1. */
  readonly oldPath: string
  readonly newPath: string
  /** null where git counts the file as binary. */
  readonly additions: number | null
  readonly deletions: number | null
  /** Numbers of the lines that git shows: added and context in the new file, deleted in the old one. */
  readonly right: readonly number[]
  readonly left: readonly number[]
}

/** Marks that stand for `+`, `-` and the blank: no generated content holds them, so no content looks like another line. */
export const indicators = { added: '\u0001', deleted: '\u0002', context: '\u0003' } as const

interface ShownLines {
  readonly right: number[]
  readonly left: number[]
}

/** The lines shown in each section of a patch written with `indicators`. */
export function readShownLines(patch: Buffer): ShownLines[] {
  const sections: ShownLines[] = []
  let oldLine = 0
  let newLine = 0
  for (const line of patch.toString('latin1').split('\n')) {
    if (line.startsWith('diff --git ')) sections.push({ right: [], left: [] })
    const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line)
    if (start !== null) {
      oldLine = Number(start[1])
      newLine = Number(start[2])
    }
    const section = sections.at(-1)
    if (line[0] === indicators.deleted) section?.left.push(oldLine++)
    if (line[0] === indicators.added) section?.right.push(newLine++)
    if (line[0] === indicators.context) {
      section?.right.push(newLine++)
      oldLine += 1
    }
  }
  return sections
}

type Named = Omit<GitFile, 'additions' | 'deletions' | 'right' | 'left'>

function readRaw(fields: Iterator<string>, head: string): Named {
  const [oldMode = '', newMode = '', oldBlob, newBlob, status = ''] = head.slice(1).split(' ')
  const oldPath = fields.next().value ?? ''
  const newPath = status.startsWith('R') || status.startsWith('C') ? (fields.next().value ?? '') : oldPath
  return { status: status.slice(0, 1), oldMode, newMode, sameBlob: oldBlob === newBlob, oldPath, newPath }
}

/** Reads `git diff --raw --numstat -z` and puts the shown lines beside; a type change has two sections. */
export function readListing(listing: Buffer, sections: readonly ShownLines[]): GitFile[] {
  const fields = listing.toString('latin1').split('\0')[Symbol.iterator]()
  const named: Named[] = []
  const files: GitFile[] = []
  const shown = sections[Symbol.iterator]()
  for (let field = fields.next(); !field.done && field.value !== ''; field = fields.next()) {
    if (field.value.startsWith(':')) {
      named.push(readRaw(fields, field.value))
      continue
    }
    const [added, deleted, path] = field.value.split('\t', 3)
    if (path === '') {
      fields.next()
      fields.next()
    }
    const file = named[files.length]!
    const parts = file.status === 'T' ? [shown.next().value, shown.next().value] : [shown.next().value]
    files.push({
      ...file,
      additions: added === '-' ? null : Number(added),
      deletions: deleted === '-' ? null : Number(deleted),
      right: parts.flatMap((part) => part?.right ?? []),
      left: parts.flatMap((part) => part?.left ?? []),
    })
  }
  return files
}
