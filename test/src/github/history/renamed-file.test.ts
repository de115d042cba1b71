import { expect, test } from 'vitest'
import { collect, historyOf, nothingCollected, sorted } from '../../../support/github/read-history.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { userOf } from '../../../support/github/state.ts'

const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`)
const textWith = (changes: Readonly<Record<number, string>>) =>
  `${lines.map((line, index) => changes[index + 1] ?? line).join('\n')}\n`

test('what became of a comment is looked for where its file was renamed to', async () => {
  await using github = await startGitHub()
  const repository = await github.repository({ name: 'shop', files: { 'a.ts': textWith({}) } })
  const pull = await repository.openPullRequest({ files: { 'a.ts': textWith({ 10: 'ten', 20: 'twenty' }) } })
  for (const line of [10, 20])
    await pull.addReviewComment('lead', { path: 'a.ts', side: 'RIGHT', line }, `Why is it so in ${line}?`)
  await pull.push({ 'a.ts': null, 'src/b.ts': textWith({ 10: 'TEN', 20: 'twenty' }) })
  pull.merge()
  const lead = userOf(github.world, 'lead')
  const gitDirectory = repository.state.git.directory
  const into = nothingCollected()
  const history = historyOf({ apiUrl: github.url, token: github.token(), gitDirectory })
  for await (const piece of history.read({ id: lead.id, login: lead.login }, '')) collect(into, piece)
  expect(sorted(into).comments.map(({ addressed, after }) => [addressed, after])).toEqual([
    ['yes', 'TEN'],
    ['no', undefined],
  ])
})
