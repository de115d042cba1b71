import { expect, test } from 'vitest'
import { isByViewer } from '../../../../src/github/client/is-by-viewer.ts'

const bot = { __typename: 'Bot', login: 'github-actions' }

test.each([
  ['GitHub says so', { viewerDidAuthor: true, author: null }, 'maintainer', true],
  ['a bot is known by its login', { viewerDidAuthor: false, author: bot }, 'github-actions[bot]', true],
  ['another bot', { viewerDidAuthor: false, author: bot }, 'other[bot]', false],
  [
    'a person who goes by the login of the bot',
    { viewerDidAuthor: false, author: { ...bot, __typename: 'User' } },
    'github-actions[bot]',
    false,
  ],
  ['an account that is gone', { viewerDidAuthor: false, author: null }, 'github-actions[bot]', false],
] as const)('%s', (...[, written, viewer, expected]) => {
  expect(isByViewer(written, viewer)).toBe(expected)
})
