import type { Notice, RepositoryRule } from '@ai-review/protocol/review'
import { requestLimits } from '@ai-review/protocol/review'
import type { Mark } from '@ai-review/protocol/seal'
import { chooseGuidelines, guidelineLimits, type SkippedGuideline } from '../review/choose-guidelines.ts'
import { gitAttributes } from '../review/git-attributes.ts'
import type { Policy } from '../review/policy.ts'
import { type Selection, selectFiles } from '../review/select-files.ts'
import { readHeadTexts } from './read-head-texts.ts'
import type { ChangeSource, LoadedDiff, Publisher, PullRequest, TreeEntry } from './roles.ts'

interface TextFile {
  readonly path: string
  readonly text: string
}

/** What is known of a change before anybody judges it. */
export interface GatheredChange {
  readonly diff: LoadedDiff
  readonly selection: Selection
  readonly headTexts: ReadonlyMap<string, string>
  readonly guidelines: readonly TextFile[]
  readonly skippedGuidelines: readonly SkippedGuideline[]
  readonly rules: readonly RepositoryRule[]
  readonly marks: readonly Mark[]
  readonly notices: readonly Notice[]
}

interface Gathering {
  readonly pullRequest: PullRequest
  readonly policy: Policy
  readonly policyPath: string
}

const attributesLimits = { files: 50, bytes: 65_536 } as const
const rulesFolder = '.github/ai-review/rules/'
const ruleBytes = 65_536

/** Reads the diff, what the base commit says about reviewing it, and what was said about it before. */
export async function gatherChange(
  { pullRequest, policy, policyPath }: Gathering,
  roles: { readonly source: ChangeSource; readonly publisher: Publisher },
): Promise<GatheredChange> {
  const { source, publisher } = roles
  const [diff, base, remarks] = await Promise.all([
    source.diff(pullRequest),
    source.tree(pullRequest.base.sha),
    publisher.earlierRemarks(pullRequest),
  ])
  const paths = diff.files.map(({ path }) => path)
  const attributes = await readAll(source, attributesFiles(base.entries, paths), attributesLimits.bytes)
  const selection = selectFiles(diff, {
    policy,
    attributesOf: gitAttributes(attributes.read),
  })
  const selectedPaths = selection.selected.map(({ path }) => path)
  const { chosen, skipped } = chooseGuidelines(base.entries, selectedPaths)
  const [guidelines, rules, headTexts] = await Promise.all([
    readAll(source, chosen, guidelineLimits.bytes),
    readAll(source, ruleFiles(base.entries), ruleBytes),
    readHeadTexts(source, { pullRequest, diff, selected: selection.selected }),
  ])
  return {
    diff,
    selection,
    headTexts,
    guidelines: guidelines.read,
    skippedGuidelines: [
      ...skipped,
      ...guidelines.unreadable.map((path) => ({ path, reason: 'unreadable' as const })),
    ],
    rules: rules.read,
    marks: remarks.map(({ mark }) => mark),
    notices: [
      ...(base.truncated ? [treeTruncated] : []),
      ...(paths.some((path) => path === policyPath || path.startsWith('.github/ai-review/'))
        ? [rulesChanged]
        : []),
      ...(rules.unreadable.length > 0 ? [unreadableRules(rules.unreadable.length)] : []),
    ],
  }
}

/** Texts by blob: a path is never opened, so no link is followed. Empty files say nothing and are left out. */
async function readAll(
  source: ChangeSource,
  entries: readonly TreeEntry[],
  maxBytes: number,
): Promise<{ read: TextFile[]; unreadable: string[] }> {
  const texts = await Promise.all(
    entries.map(async ({ path, blob }) => ({ path, text: await source.blobText(blob, maxBytes) })),
  )
  return {
    read: texts.flatMap(({ path, text }) => (text === null || text === '' ? [] : [{ path, text }])),
    unreadable: texts.flatMap(({ path, text }) => (text === null ? [path] : [])),
  }
}

/** `.gitattributes` of the root and of the folders above changed files; the others say nothing about them. */
function attributesFiles(entries: readonly TreeEntry[], changed: readonly string[]): TreeEntry[] {
  const folders = new Set(changed.flatMap(foldersAbove))
  return entries
    .filter(({ kind, path }) => {
      if (kind !== 'file' || !/(?:^|\/)\.gitattributes$/.test(path)) return false
      return folders.has(directoryOf(path))
    })
    .slice(0, attributesLimits.files)
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function ruleFiles(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries
    .filter(({ kind, path }) => kind === 'file' && path.startsWith(rulesFolder) && /\.ya?ml$/.test(path))
    .slice(0, requestLimits.rules)
}

const treeTruncated: Notice = {
  code: 'tree-truncated',
  message: 'GitHub cut the listing of the base commit: style files and rules beyond the cut were not read.',
}

const rulesChanged: Notice = {
  code: 'rules-changed',
  message:
    'This pull request changes the policy or the rules: it was reviewed under those of its base commit.',
}

function unreadableRules(count: number): Notice {
  return { code: 'rule-unreadable', message: `${count} rule files are longer than 64 KB or not UTF-8 text.` }
}
