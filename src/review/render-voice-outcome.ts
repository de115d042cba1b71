import { counted } from './counts.ts'
import { unreviewedFiles } from './coverage.ts'
import { inertLine } from './inert-markdown.ts'
import type { ReviewSummary } from './review-summary.ts'
import { clip, visibleLine } from './visible-text.ts'

/** A person as our sentences call them: by the name that the policy gives, else by the login. */
export interface Called {
  readonly login: string
  readonly name?: string | undefined
}

const longestName = 60

export function nameOf({ login, name = login }: Called): string {
  return inertLine(clip(visibleLine(name), longestName))
}

/** What is said where a voice alone was asked for and nothing was posted. */
export function renderVoiceOutcome(called: Called, summary: ReviewSummary): string {
  const name = nameOf(called)
  const share = summary.answer?.done.persona
  if (share === undefined)
    return `Nothing was read in the style of ${name}: no file of this change is to be reviewed.`
  if (share.by === 'absent') {
    return `The server could not take part in the style of ${name}: ${reasonOfAbsence(summary)}. Nothing was reviewed.`
  }
  const unread = unreviewedFiles(summary).length
  if (unread > 0) {
    return `${counted(unread, 'file')} could not be read in the style of ${name}; the check says which, and why. There is nothing new to say of the rest.`
  }
  return share.near === 0
    ? `Nothing in this change is near to anything that ${name} has remarked before, so this voice keeps silent.`
    : `There is nothing new to say in the style of ${name}: ${counted(share.near, 'place')} of the change had a past comment near, and none needs a remark that does not stand here yet.`
}

/** Why the server has no voice for a review, as the end of a sentence. */
export function reasonOfAbsence({ answer }: Pick<ReviewSummary, 'answer'>): string {
  return answer?.done.provenance.model === null
    ? 'it runs no model'
    : 'it holds no consent of this account, or too few of its comments'
}
