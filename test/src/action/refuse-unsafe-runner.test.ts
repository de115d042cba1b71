import { expect, test } from 'vitest'
import { refuseUnsafeRunner } from '../../../src/action/refuse-unsafe-runner.ts'

const event = { kind: 'pull-request', number: 7, headSha: 'a'.repeat(40) } as const
const ofFork = { ...event, isFork: true, repositoryIsPublic: true }

test("a fork's own event on a self-hosted runner of a public repository is refused", () => {
  expect(() => refuseUnsafeRunner(ofFork, true)).toThrow(expect.objectContaining({ code: 'unsafe-runner' }))
})

test.each([
  ['a runner of GitHub', ofFork, false],
  ['a private repository', { ...ofFork, repositoryIsPublic: false }, true],
  ['a branch of the repository itself', { ...ofFork, isFork: false }, true],
  ['a run by hand', { kind: 'dispatch', number: 7 }, true],
] as const)('%s is not', (_, trigger, isSelfHosted) => {
  expect(() => refuseUnsafeRunner(trigger, isSelfHosted)).not.toThrow()
})
