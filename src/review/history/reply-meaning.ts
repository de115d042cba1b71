import type { PastReply } from '@ai-review/protocol/persona'

const longestRead = 2000
const disagrees =
  /\b(?:disagree|won'?t ?fix|not (?:convinced|needed|necessary|an issue|a problem)|(?:i )?don'?t (?:think|agree)|intentional(?:ly)?|on purpose|by design|out of scope|(?:prefer|rather|going|like) (?:to )?(?:keep|leave)|as[- ]is|false positive)\b/i
const opening =
  "(?:ok(?:ay)?|sure|yes|yep|oh|ah|oops|sorry|missed (?:that|this|it)|good (?:catch|point|idea|call)|nice catch|right|agreed|thanks|thank you|makes sense|you're right|my bad)"
const subject =
  "(?:i(?:'ve| have)? |it(?:'s| is| was) |this (?:is|was) |now |should (?:now )?be |(?:i )?(?:just )?pushed (?:a |the )?)?"
const done = new RegExp(
  `^(?:${opening}[\\s,.!;:-]{1,5}){0,4}${subject}(?:done|fix(?:ed)?|addressed|updated|changed(?! my mind)|removed|added(?! a comment)|applied|resolved|renamed|moved(?! (?:this |it )?to (?:a |another )?(?:follow|issue|ticket))|reverted|will (?:do|fix|change)|good (?:catch|point|idea|call)|nice catch|makes sense|you're right|✅|👍|:\\+1:|:white_check_mark:)(?!\\w|\\s{0,3}\\?)`,
  'i',
)

/** What an answer to a comment tells of what became of it. */
export function meaningOf(reply: string): PastReply['says'] {
  const own = reply
    .slice(0, longestRead)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .replace(/[*~]|(?<!\w)_|_(?!\w)/g, '')
    .replaceAll('’', "'")
    .trim()
  if (disagrees.test(own)) return 'disagrees'
  return done.test(own) ? 'done' : 'other'
}
