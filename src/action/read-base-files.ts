import { type Notice, type RepositoryRule, requestLimits } from '@ai-review/protocol/review'
import { counted } from '../review/counts.ts'
import type { ChangeSource, TreeEntry } from '../roles.ts'

interface TextFile {
  readonly path: string
  readonly text: string
}

interface ReadFiles {
  readonly read: readonly TextFile[]
  /** Paths of what is longer than the limit, or not UTF-8 text. */
  readonly unreadable: readonly string[]
}

interface FilesWithNotices {
  readonly files: readonly TextFile[]
  readonly notices: readonly Notice[]
}

const attributesLimit = 50
const longestFile = 65_536
const rulesFolder = '.github/ai-review/rules/'

/** Texts by blob: a path is never opened, so no link is followed. Empty files say nothing and are left out. */
export async function readTexts(
  source: ChangeSource,
  entries: readonly TreeEntry[],
  maxBytes: number,
): Promise<ReadFiles> {
  const known = await source.blobTexts(
    entries.map(({ blob }) => blob),
    maxBytes,
  )
  const texts = entries.map(({ path, blob }) => ({ path, text: known.get(blob) ?? null }))
  return {
    read: texts.flatMap(({ path, text }) => (text === null || text === '' ? [] : [{ path, text }])),
    unreadable: texts.flatMap(({ path, text }) => (text === null ? [path] : [])),
  }
}

/** `.gitattributes` of the root and of the folders above changed files; the others say nothing about them. */
export async function readAttributes(
  source: ChangeSource,
  entries: readonly TreeEntry[],
  changed: readonly string[],
): Promise<FilesWithNotices> {
  const folders = new Set(changed.flatMap(foldersAbove))
  const found = entries.filter(
    ({ path }) => /(?:^|\/)\.gitattributes$/.test(path) && folders.has(directoryOf(path)),
  )
  return readWithin(source, found, {
    most: attributesLimit,
    code: 'attributes-not-read',
    name: '.gitattributes file',
  })
}

/** The repository's own rules. */
export async function readRules(
  source: ChangeSource,
  entries: readonly TreeEntry[],
): Promise<FilesWithNotices & { readonly files: readonly RepositoryRule[] }> {
  const found = entries.filter(({ path }) => path.startsWith(rulesFolder) && /\.ya?ml$/.test(path))
  return readWithin(source, found, { most: requestLimits.rules, code: 'rules-not-read', name: 'rule file' })
}

interface Limit {
  readonly most: number
  readonly code: string
  /** As it stands behind the number one. */
  readonly name: string
}

/** As many files as the limit allows, in their order; what is left out is counted in a notice, never silently. */
async function readWithin(
  source: ChangeSource,
  found: readonly TreeEntry[],
  { most, code, name }: Limit,
): Promise<FilesWithNotices> {
  const files = found.filter(({ kind }) => kind === 'file')
  const { read, unreadable } = await readTexts(source, files.slice(0, most), longestFile)
  const beyond = Math.max(0, files.length - most)
  const unread = unreadable.length + found.length - files.length
  const notices: Notice[] = [
    ...(beyond === 0
      ? []
      : [{ code, message: `Not read: ${counted(beyond, name)} beyond the first ${most}.` }]),
    ...(unread === 0
      ? []
      : [
          {
            code,
            message: `Not read: ${counted(unread, name)}: a link, longer than 64 KB, or not UTF-8 text.`,
          },
        ]),
  ]
  return { files: read, notices }
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
