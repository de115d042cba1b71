import { counted, describeFindings } from './counts.ts'
import { unreviewedFiles } from './coverage.ts'
import type { ReviewSummary } from './review-summary.ts'
import { clip, visibleLine } from './visible-text.ts'

/** GitHub takes 255 characters of a title. */
export const longestTitle = 255

function withoutPeriod(sentence: string): string {
  return visibleLine(sentence).replace(/\.$/, '')
}

/** The server is not asked where no file is selected. */
function titleWithoutAnswer({ selection }: ReviewSummary, missing: number): string {
  if (selection.selected.length > 0) return 'Not reviewed: the model server gave no answer'
  return missing === 0 ? 'Nothing to review' : `Not reviewed: ${counted(missing, 'file')} could not be read`
}

/** Whose voice alone was asked for; '' where the reviewer itself spoke. */
function titlePrefix({ voice }: ReviewSummary): string {
  return voice === undefined || voice.beside
    ? ''
    : `In the style of ${visibleLine(voice.name ?? voice.login)}: `
}

/** One line that tells the outcome: what was found, what stands, and whether everything was read. */
export function renderTitle(summary: ReviewSummary): string {
  const { answer, failure, policy } = summary
  if (failure !== undefined) {
    const what = answer === null ? 'Not reviewed' : 'Not posted'
    return clip(`${what}: ${withoutPeriod(failure.message)}`, longestTitle)
  }
  const missing = unreviewedFiles(summary).length
  if (answer === null) return titleWithoutAnswer(summary, missing)
  const parts = [
    `${titlePrefix(summary)}${describeFindings(summary)}`,
    ...(missing === 0 ? [] : [`${counted(missing, 'file')} not reviewed`]),
    ...(missing === 0 && !answer.done.complete ? ['the review is incomplete'] : []),
    ...(answer.done.provenance.model === null ? ['no model took part'] : []),
    ...(policy.problems.length === 0 ? [] : ['the policy file was not used']),
  ]
  return clip(parts.join('; '), longestTitle)
}
