import { expect, test } from 'vitest'
import { isDeclining } from '../../../src/action/is-declining.ts'
import { understandReply } from '../../../src/action/understand-reply.ts'

test.each([
  "Won't fix.",
  'Won’t fix, the caller checks it.',
  'wontfix',
  'We will not fix this here.',
  'False positive: the value is constant.',
  'This is a false-positive.',
  'Not an issue, since it runs once.',
  "That isn't a bug.",
  'not really a problem',
  'By design.',
  'This is as designed.',
  'Works as intended.',
  'It is intentional; see the ADR.',
  'I did that on purpose.',
  'ignore this',
  'Please ignore this.',
  'Declined.',
  "I'm dismissing this.",
  'Thanks! But this is by design.',
])('declines: %j', (text) => {
  expect(isDeclining(text)).toBe(true)
})

test.each([
  'Why is this not a false positive?',
  'Is this by design?',
  'is this intended',
  'This is not a false positive.',
  "It isn't intentional.",
  "I don't think this is by design.",
  'I doubt that it is intended.',
  'Maybe a false positive.',
  'This could be a false positive',
  'If it is a false positive, say so.',
  "We can't ignore this.",
  'Do not ignore this.',
  'Never by design.',
  "Won't fix unless somebody asks.",
  'Fixed.',
  'Good catch, will fix.',
  'The design is good.',
  '> False positive.\n\nI disagree.',
  '`wontfix` is the label.',
  '<!-- wontfix -->',
  '',
])('declines nothing: %j', (text) => {
  expect(isDeclining(text)).toBe(false)
})

test.each([
  ['@tech-lead-bot why?', true],
  ['What does @Tech-Lead-Bot think?', true],
  ['(@tech-lead-bot)', true],
  ['> @tech-lead-bot', false],
  ['`@tech-lead-bot`', false],
  ['@tech-lead-bot-2 why?', false],
  ['me@tech-lead-bot', false],
  ['@tech-lead-bot[bot]', false],
  ['@tech-lead-bot.example.com', false],
])('calls the reviewer: %j %j', (text, called) => {
  expect(understandReply(text, 'tech-lead-bot').mentionsUs).toBe(called)
})
