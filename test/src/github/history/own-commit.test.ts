import { describe, expect, test } from 'vitest'
import { historyOf } from '../../../support/github/read-history.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { userOf } from '../../../support/github/state.ts'

const path = '.github/ai-review.yml'
const policy = { path, ref: 'main', lists: (text: string) => text.includes('login: lead') }
const listing = 'personas:\n  - login: lead\n'

async function scene({ isLocal = true } = {}) {
  const github = await startGitHub()
  const repository = await github.repository({ name: 'shop', files: { [path]: 'effort: quick\n' } })
  const lead = userOf(github.world, 'lead')
  const person = { id: lead.id, login: lead.login }
  const history = historyOf({
    apiUrl: github.url,
    token: github.token(),
    gitDirectory: isLocal ? repository.state.git.directory : null,
  })
  return {
    ...{ github, repository, person, history },
    find: () => history.ownCommit(person, policy),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  }
}

describe.each([true, false])('a consent by a commit (checkout: %s)', (isLocal) => {
  test.each(['lead', 'web-flow'])('is their own, signed by %s', async (committer) => {
    await using stage = await scene({ isLocal })
    const options = { author: 'lead', committer, verified: true }
    const sha = await stage.repository.commit({ [path]: listing }, options)
    await stage.repository.commit({ [path]: `${listing}effort: deep\n` }, { author: 'maintainer' })
    expect(await stage.find()).toEqual({
      kind: 'commit',
      reference: sha,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
  })

  test.each([
    ['not signed', { author: 'lead', verified: false }],
    ['signed by another who named them as author', { author: 'lead', committer: 'outsider', verified: true }],
    ['of another', { author: 'maintainer', verified: true }],
    ['of nobody that is known', {}],
  ])('is none where it is %s', async (_, options) => {
    await using stage = await scene({ isLocal })
    await stage.repository.commit({ [path]: listing }, options)
    expect(await stage.find()).toBeNull()
  })

  test.each([
    ['the person', 'lead', true],
    ['another, who may have pushed to its branch', 'maintainer', false],
  ] as const)(
    'that GitHub made of their pull request counts by who merged it: %s',
    async (_, merger, counts) => {
      await using stage = await scene({ isLocal })
      const { repository } = stage
      const pull = await repository.openPullRequest({ author: 'lead', files: { [path]: listing } })
      const squashed = { author: 'lead', committer: 'web-flow', verified: true }
      const sha = await repository.commit({ [path]: listing }, squashed)
      pull.mergeAs(merger, sha)
      expect((await stage.find())?.reference).toBe(counts ? sha : undefined)
    },
  )

  test('is the earlier one where only the later one is in doubt', async () => {
    await using stage = await scene({ isLocal })
    const { repository } = stage
    const sha = await repository.commit({ [path]: listing }, { author: 'lead', verified: true })
    await repository.commit({ [path]: 'effort: quick\n' }, { author: 'maintainer' })
    const pull = await repository.openPullRequest({ author: 'lead', files: { [path]: listing } })
    const squashed = { author: 'lead', committer: 'web-flow', verified: true }
    pull.mergeAs('maintainer', await repository.commit({ [path]: listing }, squashed))
    expect((await stage.find())?.reference).toBe(sha)
  })

  test.each([['another branch', { branch: 'beside', author: 'lead', verified: true }]])(
    'is none where it is on %s',
    async (_, options) => {
      await using stage = await scene({ isLocal })
      await stage.repository.commit({ [path]: listing }, options)
      expect(await stage.find()).toBeNull()
    },
  )

  test('is none where they only changed something else in the file', async () => {
    await using stage = await scene({ isLocal })
    await stage.repository.commit({ [path]: listing }, { author: 'maintainer', verified: true })
    await stage.repository.commit({ [path]: `${listing}effort: deep\n` }, { author: 'lead', verified: true })
    expect(await stage.find()).toBeNull()
  })
})

describe('the account of a login', () => {
  test('is a person’s', async () => {
    await using stage = await scene()
    userOf(stage.github.world, 'helper[bot]')
    expect(await stage.history.account('lead')).toEqual(stage.person)
    expect(await stage.history.account('nobody-here')).toBeNull()
    expect(await stage.history.account('helper[bot]')).toBeNull()
    expect(await stage.history.account('../lead')).toBeNull()
  })
})
