import { ownWords } from './own-words.ts'

/** What people write to say that a finding does not matter. English, as these words are; each is bounded. */
const declining = [
  /\bwo(?:n't|nt|n’t) (?:be )?fix(?:ed|ing)?\b/,
  /\bwontfix\b/,
  /\b(?:will not|not going to) (?:be )?fix(?:ed|ing)?\b/,
  /\bfalse[- ]positive\b/,
  /\b(?:not|isn't|no) (?:an? |really an? |actually an? )?(?:real |actual )?(?:issue|bug|problem|defect|vulnerability)\b/,
  /\b(?:by|as) design(?:ed)?\b/,
  /\b(?:works|working) as (?:intended|designed|expected)\b/,
  /\b(?:as intended|intended|intentional|intentionally|deliberate|deliberately|on purpose)\b/,
  /^(?:please |just )?ignore (?:this|it|that)\b/,
  /^(?:(?:i|we)(?:'m| am|'re| are)? )?(?:declin(?:e|ed|ing)|dismiss(?:ed|ing)?)\b/,
]

/** Words before such a phrase that turn it round, or put it in question. */
const turningRound =
  /\b(?:not|never|no longer|hardly|neither|nor|cannot|doubt|unless|if|whether|why|how|wonder|maybe|perhaps|might|may|could|would|should|unsure|what|which|is (?:this|that|it)|are (?:these|those|they)|was (?:this|that|it))\b|n't\b/
/** Words behind it that do the same. */
const takingBack = /\b(?:if|unless|until|or not|i think not)\b/

/**
 * True where the author's own words say that the finding does not matter. Questions, negations and guesses do not count:
 * a finding that is declined is not raised again, so a doubt leaves it open.
 */
export function isDeclining(text: string): boolean {
  return clausesOf(ownWords(text).join('\n')).some(declines)
}

/** A clause with the question mark it may end in. */
function clausesOf(words: string): string[] {
  const plain = words.replaceAll('’', "'").toLowerCase()
  return plain
    .split(/\n{2,}|(?<=[.!?;])\s+|(?<=\?)/)
    .filter((sentence) => !sentence.includes('?'))
    .flatMap((sentence) => sentence.split(/[,:;.!\n]|\bbut\b/))
    .map((clause) => clause.replace(/\s+/g, ' ').trim().slice(0, 300))
}

function declines(clause: string): boolean {
  return declining.some((pattern) => {
    const found = pattern.exec(clause)
    if (found === null) return false
    const before = clause.slice(0, found.index)
    return !turningRound.test(before) && !takingBack.test(clause.slice(found.index + found[0].length))
  })
}
