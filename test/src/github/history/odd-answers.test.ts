import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askGraphql } from '../../../../src/github/history/ask-graphql.ts'
import { queryPulls } from '../../../../src/github/history/query-pulls.ts'
import { queryTexts } from '../../../../src/github/history/query-texts.ts'
import { octokitOf } from '../../../support/github/read-history.ts'
import { type StandInGithub, startGitHub } from '../../../support/github/start-github.ts'

const path = /\/graphql$/
const paths = ['a.ts', 'b.ts', 'c.ts'] as const

describe('GraphQL that answers oddly', () => {
  let github: StandInGithub
  let commit: string
  let number: number
  beforeAll(async () => {
    github = await startGitHub()
    const repository = await github.repository({ name: 'shop', files: { 'a.ts': 'a\n', 'b.ts': 'b\n' } })
    commit = await repository.headOfMain()
    number = (await repository.openPullRequest({ files: { 'a.ts': 'x\n' } })).number
  })
  afterAll(() => github[Symbol.asyncDispose]())

  const host = () => ({
    octokit: octokitOf({ apiUrl: github.url, token: github.token() }),
    repository: { owner: 'acme', name: 'shop' },
  })
  const places = () => paths.map((file) => ({ commit, path: file }))
  const pulls = async () => [...(await queryPulls(host(), { pulls: [number], touched: [] })).pulls.keys()]

  test.each([
    ['cut off', '{"data":{"repos'],
    ['of something that went wrong', { data: null, errors: [{ message: 'Something went wrong while …' }] }],
  ])('is asked again where its answer is %s', async (_, body) => {
    github.inject({ path, fault: { status: 200, body } })
    expect(await pulls()).toEqual([number])
  })

  test('is asked again for the parts that it failed on', async () => {
    const errors = [{ message: 'timeout', path: ['repository', 'p0'] }]
    github.inject({ path, fault: { status: 200, body: { data: { repository: { p0: null } }, errors } } })
    expect(await pulls()).toEqual([number])
  })

  test('is one that comes back later, where nothing of it can be read', async () => {
    github.inject({ path, times: 3, fault: { status: 200, body: {} } })
    await expect(pulls()).rejects.toMatchObject({ code: 'github-unavailable', retryable: true })
  })

  test('tells files that are there, and of one that it fails on nothing', async () => {
    const file = (text: string) => ({ text, isBinary: false, isTruncated: false })
    const repository = { t0: file('a\n'), t1: null, t2: null, c0: { __typename: 'Commit' } }
    const errors = [{ message: 'timeout', path: ['repository', 't1'] }]
    github.inject({ path, fault: { status: 200, body: { data: { repository }, errors } } })
    expect([...(await queryTexts(host(), places()))]).toEqual([
      [`${commit}:a.ts`, 'a\n'],
      [`${commit}:c.ts`, null],
    ])
  })

  test('leaves out one file that its servers fail on each time', async () => {
    github.inject({ path, body: /:b\.ts/, times: 99, fault: { status: 502 } })
    const texts = await queryTexts(host(), places())
    expect([...texts.keys()].map((name) => name.slice(-4))).toEqual(['a.ts', 'c.ts'])
    github.calm()
  })

  test('is asked in smaller parts where it says that it is too much', async () => {
    const errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much.', path: ['repository', 'p0'] }]
    const fault = { status: 200, body: { data: { repository: { p0: null, p1: null } }, errors } }
    const from = github.requests.length
    github.inject({ path, body: /p1: pullRequest/, times: 99, fault })
    const asked = { pulls: [98, 99, number], touched: [] }
    expect([...(await queryPulls(host(), asked)).pulls.keys()]).toEqual([number])
    github.calm()
    github.inject({ path, body: /t1: object/, times: 99, fault: { status: 200, body: { errors } } })
    expect((await queryTexts(host(), places())).size).toBe(3)
    github.calm()
    expect(github.requests.length - from).toBe(10)
  })

  test('tells no file of a commit that is gone', async () => {
    const gone = 'd'.repeat(40)
    expect([...(await queryTexts(host(), [{ commit: gone, path: 'a.ts' }]))]).toEqual([])
  })

  test('is of no use where its words are unknown', async () => {
    const errors = [{ message: "Field 'nothing' doesn't exist on type 'Query'" }]
    github.inject({ path, fault: { status: 200, body: { errors } } })
    const question = { query: '{ viewer { login } }', variables: {}, shape: z.object({}) }
    const operation = { doing: 'asking', permission: 'none' }
    expect(await askGraphql(host().octokit, { ...question, operation })).toEqual({ kind: 'unusable' })
  })
})
