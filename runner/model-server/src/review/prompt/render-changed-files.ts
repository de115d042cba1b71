import type { ChangedFile } from '@ai-review/protocol/change'
import type { TokenEstimate } from '../plan/token-estimate.ts'
import { shownName } from './shown-text.ts'

const lineOf = (file: ChangedFile): string =>
  `${shownName(file.path)} ${file.status} +${file.additions} -${file.deletions}`

/** The list of all changed files, as many as `tokens` hold; how many are left out is told. */
export function renderChangedFiles(
  files: readonly ChangedFile[],
  { tokens, estimate }: { readonly tokens: number; readonly estimate: TokenEstimate },
): string {
  const shown: string[] = []
  let used = 0
  for (const file of files) {
    const line = lineOf(file)
    used += estimate(line)
    if (used > tokens) break
    shown.push(line)
  }
  const left = files.length - shown.length
  return [...shown, ...(left > 0 ? [`… and ${left} more files`] : [])].join('\n')
}
