import type { PastReply } from '@ai-review/protocol/persona'

const longestRead = 2000
const disagrees =
  /\b(?:disagree|won'?t ?fix|not (?:convinced|needed|necessary|an issue|a problem)|(?:i )?don'?t (?:think|agree)|intentional(?:ly)?|on purpose|by design|out of scope|(?:prefer|rather|going|like) (?:to )?(?:keep|leave)|as[- ]is|false positive)\b/i
const done =
  /^(?:(?:ok(?:ay)?|sure|yes|yep|oh|ah|oops|good (?:catch|point|idea|call)|nice catch|right|agreed|thanks|thank you|makes sense|you're right|my bad)[\s,.!;:-]{1,5}){0,4}(?:i(?:'ve| have)? )?(?:done|fixed|addressed|updated|changed|removed|added|applied|resolved|renamed|moved|reverted|will (?:do|fix|change)|good (?:catch|point|idea|call)|nice catch|makes sense|you're right|✅|👍|:\+1:|:white_check_mark:)/i

/** What an answer to a comment tells of what became of it. */
export function meaningOf(reply: string): PastReply['says'] {
  const own = reply
    .slice(0, longestRead)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim()
  if (disagrees.test(own)) return 'disagrees'
  return done.test(own) ? 'done' : 'other'
}
