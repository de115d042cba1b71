import type { LineComment } from '../../roles.ts'
import { refusalKind } from '../client/refusal-kind.ts'
import { isUnclear } from '../client/translate-error.ts'
import { deletePending, findOwnReview, type ReviewPosting, sendReview } from './review-requests.ts'

/** Each probe is two writes, and GitHub wants seconds between writes: beyond this the rest goes to the summary. */
const maxProbes = 8

/**
 * Which of the comments GitHub would place. It refuses a review as a whole and does not say which comment was
 * wrong, so halves are tried as pending reviews, which nobody is told about and which are deleted at once.
 * `comments` is known to be refused as a whole. What could not be tried counts as not placeable.
 */
export async function findPlaceable(
  posting: ReviewPosting,
  comments: readonly LineComment[],
): Promise<readonly LineComment[]> {
  const budget = { probes: maxProbes }
  const search = async (refused: readonly LineComment[]): Promise<readonly LineComment[]> => {
    if (refused.length <= 1) return []
    const middle = Math.ceil(refused.length / 2)
    const [first, second] = [refused.slice(0, middle), refused.slice(middle)]
    // The whole is refused: where the first half is fine, the second cannot be.
    if (await isPlaceable(posting, first, budget)) return [...first, ...(await search(second))]
    const ofFirst = await search(first)
    return [...ofFirst, ...((await isPlaceable(posting, second, budget)) ? second : await search(second))]
  }
  return search(comments)
}

async function isPlaceable(
  posting: ReviewPosting,
  comments: readonly LineComment[],
  budget: { probes: number },
): Promise<boolean> {
  if (budget.probes === 0) return false
  budget.probes--
  try {
    const { id } = await sendReview(posting, { comments, body: posting.review.runMark })
    await deletePending(posting, id)
    return true
  } catch (error) {
    if (refusalKind(error) !== 'placement' && !isUnclear(error)) throw error
    const orphan = await findOwnReview(posting)
    if (orphan?.state === 'PENDING') await deletePending(posting, orphan.id)
    return false
  }
}
