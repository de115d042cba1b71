import { expect, test } from 'vitest'
import { loadPolicy } from '../../src/action/load-policy.ts'
import { parsePolicy } from '../../src/review/parse-policy.ts'
import { renderCheck } from '../../src/review/render-check.ts'
import { adaptersFor } from '../src/github/adapters.ts'
import type { FileChanges } from '../support/github/git-repository.ts'
import { startGitHub } from '../support/github/start-github.ts'
import { aSummary } from '../support/review/builders.ts'

const usual = '.github/ai-review.yml'

async function policyOf(files: FileChanges, path = usual) {
  await using github = await startGitHub()
  const repository = await github.repository({ files: { 'a.ts': 'a\n', ...files } })
  const pull = await repository.openPullRequest({ files: { 'a.ts': 'b\n' } })
  const { source } = adaptersFor(github, repository)
  return await loadPolicy(source, await source.pullRequest(pull.number), path)
}

test.each<[string, FileChanges, string]>([
  ['a folder', { [`${usual}/policy.yml`]: 'max-comments: 0\n' }, 'it is a folder, not a file'],
  ['a link', { [usual]: { text: 'a.ts', mode: '120000' } }, 'it is a symlink, not a file'],
  ['a submodule', { [usual]: { submodule: 'c'.repeat(40) } }, 'it is a submodule, not a file'],
  ['far too long', { [usual]: '# x\n'.repeat(250_000) }, 'longer than 65536 bytes or not UTF-8 text'],
  ['binary', { [usual]: Buffer.from([0, 1, 255]) }, 'longer than 65536 bytes or not UTF-8 text'],
])('a policy that is %s is told in the title of the check and as a problem', async (_, files, fault) => {
  const policy = await policyOf(files)
  expect(policy.problems).toHaveLength(1)
  expect(policy.problems[0]?.message).toContain(`${usual} line 1: `)
  expect(policy.problems[0]?.message).toContain(fault)
  expect(policy.hash).toBe(parsePolicy(null, usual).hash)
  expect(renderCheck(aSummary({ policy })).title).toContain('the policy file was not used')
})

test('a policy that was named and is missing is a problem, at the usual place it is none', async () => {
  expect((await policyOf({}, 'docs/review.yml')).problems).toMatchObject([
    { message: 'docs/review.yml line 1: there is no such file at the base commit' },
  ])
  expect((await policyOf({})).problems).toEqual([])
})
