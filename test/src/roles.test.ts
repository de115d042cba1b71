import { expect, test } from 'vitest'
import { isBotAccount } from '../../src/roles.ts'

test.each([
  ['User', 'maintainer', false],
  ['Bot', 'github-actions', true],
  ['User', 'github-actions[bot]', true],
  ['Organization', 'acme', true],
  [undefined, 'maintainer', true],
])('an account of the kind %s called %s is a bot: %s', (kind, login, isBot) => {
  expect(isBotAccount({ kind, login })).toBe(isBot)
})
