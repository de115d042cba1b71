import { replyLimits } from '@ai-review/protocol/reply'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReply } from '../../../runner/model-server/src/replies/read-reply.ts'
import { replyWith } from '../../support/reply-request.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'

test('an answer keeps its words and paragraphs', () => {
  expect(readReply(replyWith('  You are right.\r\n\r\nIt holds one piece. \n'))).toBe(
    'You are right.\n\nIt holds one piece.',
  )
})

test.each([
  ['no JSON', 'You are right.'],
  ['JSON that was cut', '{"answer":"You are'],
  ['another shape', '{"reply":"You are right."}'],
  ['no text', replyWith(null)],
  ['an empty text', replyWith(' \n ')],
  ['signs alone', replyWith('…!\u200b')],
  ['a blank letter', replyWith('\u3164')],
  ['circles', replyWith('You are right. '.repeat(40))],
  [
    'more than is allowed',
    replyWith('All the letters are different: '.padEnd(replyLimits.answer + 1, 'abcdef')),
  ],
  ['more than is allowed once it can be seen', replyWith(`a${'\u202e\u200b'.repeat(300)}`)],
])('%s is no answer', (_name, text) => {
  expect(readReply(text)).toBeNull()
})

test('whatever a model writes, an answer is short, says something and hides nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const answer = readReply(replyWith(text))
      if (answer === null) return
      expect(answer.length).toBeLessThanOrEqual(replyLimits.answer)
      expect(answer).toMatch(/[\p{L}\p{N}]/u)
      expect(answer.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    }),
    { numRuns: 500 },
  )
})
