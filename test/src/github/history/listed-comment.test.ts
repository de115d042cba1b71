import { expect, test } from 'vitest'
import { listedComments } from '../../../../src/github/history/listed-comment.ts'

const row = {
  id: 1,
  node_id: 'n',
  body: 'Please use a constant here.',
  path: 'src/app.ts',
  diff_hunk: '@@ -1 +1 @@\n+one',
  original_commit_id: 'a'.repeat(40),
  created_at: '2026-01-31T12:00:00Z',
  updated_at: '2026-01-31T12:00:00Z',
  pull_request_url: 'https://api.github.com/repos/acme/shop/pulls/7',
}

test.each([
  ['User', 'maintainer', true],
  ['User', 'robot', true],
  ['User', 'helper[bot]', false],
  ['User', 'shop-ci-bot', false],
  ['Bot', 'helper', false],
  ['Organization', 'acme', false],
])('a comment by a %s called %s is by a person: %s', (type, login, isPerson) => {
  const [comment] = listedComments([{ ...row, user: { id: 2, login, type } }])
  expect(comment?.author).toEqual({ id: 2, login, isPerson })
})
