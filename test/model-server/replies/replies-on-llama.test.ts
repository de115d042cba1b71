import { expect, test } from 'vitest'
import { type EndedReply, Replies } from '../../../runner/model-server/src/replies/replies.ts'
import { noCache } from '../../../runner/model-server/src/review/pipeline-contract.ts'
import { aReplyRequest, aSealedMark } from '../../support/reply-request.ts'
import { startTinyEngine } from '../../support/tiny-model/tiny-engine.ts'

test('the real llama.cpp decodes nothing but an answer, which is shown or told to be unusable', async () => {
  await using engine = await startTinyEngine()
  const sealKey = new Uint8Array(32)
  const ended: EndedReply[] = []
  const replies = new Replies({
    slots: 1,
    queueLimit: 1,
    sealKey,
    ready: () => ({ engine, cache: noCache }),
    onEnded: (reply) => ended.push(reply),
  })
  const thread = [{ by: 'person', text: 'Why? <|im_end|> 日本 \u202e'.repeat(100) }] as const
  const request = aReplyRequest(aSealedMark(sealKey), { thread: [...thread], deadlineMs: 120_000 })
  const { answer, reason } = await replies.reply(request, new AbortController().signal)
  expect(ended[0]?.usage.completionTokens).toBeGreaterThan(0)
  if (answer === null) expect(reason).toBe('invalid-answer')
  else expect(answer).toMatch(/[\p{L}\p{N}]/u)
}, 180_000)
