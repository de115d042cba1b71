import { describe, expect, test } from 'vitest'
import { createOctokit } from '../../../../src/github/client/octokit.ts'
import { createProgressRemark } from '../../../../src/github/talk/progress-remark.ts'
import { formatRunMark } from '../../../../src/review/marker.ts'
import { startGitHub } from '../../../support/github/start-github.ts'

const once = formatRunMark('persona-lead')
const remark = (text: string) => ({ body: `${text}\n\n${once}`, once })

async function scene() {
  const github = await startGitHub()
  const repository = await github.repository({ name: 'shop' })
  const pull = await repository.openPullRequest()
  const progress = () =>
    createProgressRemark({
      octokit: createOctokit({
        apiUrl: github.url,
        token: github.token(),
        signal: new AbortController().signal,
        timeLeft: () => 60_000,
        backoffUnitMs: 10,
        isPaced: false,
      }),
      repository: { owner: 'acme', name: 'shop' },
      backoffUnitMs: 10,
    })
  const said = () => pull.conversation().map(({ body }) => body.split('\n')[0])
  return { github, pull, progress, said, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

describe('a remark on how something stands', () => {
  test('is one, and says the latest, also in the next run', async () => {
    await using stage = await scene()
    const progress = stage.progress()
    await progress.sayLatest(stage.pull.number, remark('100 read'))
    await progress.sayLatest(stage.pull.number, remark('200 read'))
    expect(stage.said()).toEqual(['200 read'])
    await stage.progress().sayLatest(stage.pull.number, remark('300 read'))
    expect(stage.said()).toEqual(['300 read'])
  })

  test('is none that another copied the mark into', async () => {
    await using stage = await scene()
    stage.pull.comment('outsider', `I copied ${once}`)
    await stage.progress().sayLatest(stage.pull.number, remark('100 read'))
    expect(stage.said()).toEqual([`I copied ${once}`, '100 read'])
  })

  test.each(['store-then-502', 'store-then-drop', 'drop', { status: 500 }] as const)(
    'is one after %j, whether it was new or not',
    async (fault) => {
      await using stage = await scene()
      const progress = stage.progress()
      stage.github.inject({ method: 'POST', path: /\/issues\/\d+\/comments$/, fault })
      await progress.sayLatest(stage.pull.number, remark('100 read'))
      stage.github.inject({ method: 'PATCH', path: /\/issues\/comments\/\d+$/, fault })
      await progress.sayLatest(stage.pull.number, remark('200 read'))
      expect(stage.github.struck).toBe(2)
      expect(stage.said()).toEqual(['200 read'])
    },
  )

  test('is said anew where somebody deleted it', async () => {
    await using stage = await scene()
    const progress = stage.progress()
    await progress.sayLatest(stage.pull.number, remark('100 read'))
    stage.pull.state.comments.length = 0
    await progress.sayLatest(stage.pull.number, remark('200 read'))
    expect(stage.said()).toEqual(['200 read'])
  })

  test('is refused where it lacks its mark', async () => {
    await using stage = await scene()
    const said = stage.progress().sayLatest(stage.pull.number, { body: 'no mark', once })
    await expect(said).rejects.toMatchObject({ code: 'internal' })
  })
})
