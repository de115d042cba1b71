import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { FileChanges } from '../../../support/github/git-repository.ts'
import { startGitHub } from '../../../support/github/start-github.ts'
import { adaptersFor } from '../adapters.ts'

const texts = (count: number, text = 'text') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}.txt`, `${text} ${index}\n`]))

async function scene(files: FileChanges) {
  const github = await startGitHub()
  const repository = await github.repository({ files })
  const { source } = adaptersFor(github, repository)
  const { entries } = await source.tree(await repository.headOfMain())
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]))
  const asked = (operation: string) => github.requests.filter((one) => one.operation === operation).length
  const read = async (maxBytes = 1000, mostAlone?: number) => {
    const found = await source.blobTexts([...blobs.values()], maxBytes, mostAlone)
    return new Map([...blobs].map(([path, blob]) => [path, found.get(blob)]))
  }
  return { github, source, blobs, asked, read, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() }
}

describe('texts of many blobs', () => {
  test('take one request for fifty', async () => {
    await using stage = await scene(texts(120))
    const found = await stage.read()
    expect(found.size).toBe(120)
    expect([...found.values()].filter((text) => text?.startsWith('text '))).toHaveLength(120)
    expect(stage.asked('graphql')).toBe(3)
    expect(stage.asked('git/get-blob')).toBe(0)
  }, 30_000)

  test('take no more than a megabyte in a request', async () => {
    await using stage = await scene({
      'a.txt': 'a'.repeat(400_000),
      'b.txt': 'b'.repeat(400_000),
      'c.txt': 'c'.repeat(400_000),
      'd.txt': 'd'.repeat(400_000),
    })
    expect([...(await stage.read(500_000)).values()].map((text) => text?.length)).toEqual([
      400_000, 400_000, 400_000, 400_000,
    ])
    expect(stage.asked('graphql')).toBe(2)
  }, 30_000)

  test('are told as REST tells them, whatever is in the files', async () => {
    const files = {
      'plain.txt': 'plain\n',
      'empty.txt': '',
      'marked.txt': '\uFEFFmarked\n',
      'replacement.txt': 'a real \uFFFD\n',
      'wide.txt': 'ü 漢 😀\r\n',
      'latin.txt': Buffer.from([0xe9, 0x0a]),
      'late-nul.txt': Buffer.concat([Buffer.from('a'.repeat(9000)), Buffer.from([0]), Buffer.from('b')]),
      'picture.bin': Buffer.concat([Buffer.from([0]), randomBytes(500)]),
      'long.txt': 'x'.repeat(600_000),
      'too-long.txt': 'x'.repeat(800_000),
    }
    await using stage = await scene(files)
    const found = await stage.read(700_000)
    expect(Object.fromEntries(found)).toEqual({
      'plain.txt': 'plain\n',
      'empty.txt': '',
      'marked.txt': 'marked\n',
      'replacement.txt': 'a real \uFFFD\n',
      'wide.txt': 'ü 漢 😀\r\n',
      'latin.txt': null,
      'late-nul.txt': null,
      'picture.bin': null,
      'long.txt': 'x'.repeat(600_000),
      'too-long.txt': null,
    })
    // What is not UTF-8, and what GraphQL cuts.
    expect(stage.asked('git/get-blob')).toBe(2)
    stage.github.inject({ path: /\/graphql$/, times: 9, fault: { status: 404 } })
    expect(Object.fromEntries(await stage.read(700_000))).toEqual(Object.fromEntries(found))
  }, 30_000)

  test('are asked for one by one where GraphQL is not there, and it is tried once', async () => {
    await using stage = await scene(texts(60))
    stage.github.inject({ path: /\/graphql$/, times: 99, fault: { status: 404 } })
    expect([...(await stage.read()).values()].filter((text) => text === undefined)).toEqual([])
    expect(stage.asked('git/get-blob')).toBe(60)
    await stage.read()
    expect(stage.asked('graphql')).toBe(1)
  }, 30_000)

  test('are asked for in smaller parts where GraphQL says that they are too much', async () => {
    await using stage = await scene(texts(8))
    const body = { errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much.' }] }
    stage.github.inject({ path: /\/graphql$/, body: /b2: object/, times: 99, fault: { status: 200, body } })
    expect([...(await stage.read()).values()].filter((text) => text?.startsWith('text '))).toHaveLength(8)
    expect([stage.asked('graphql'), stage.asked('git/get-blob')]).toEqual([7, 0])
  })

  test('are left out beyond the bound where GraphQL is not there', async () => {
    await using stage = await scene(texts(30))
    stage.github.inject({ path: /\/graphql$/, times: 99, fault: 'drop' })
    const found = await stage.read(1000, 10)
    expect([...found.values()].filter((text) => text === undefined)).toHaveLength(20)
    expect(stage.asked('git/get-blob')).toBe(10)
  })

  test('of one blob alone are asked for over REST; none are asked for nothing', async () => {
    await using stage = await scene({ 'a.txt': 'a\n', 'b.txt': { text: 'a\n', mode: '100755' } })
    expect([...(await stage.read()).values()]).toEqual(['a\n', 'a\n'])
    expect([stage.asked('graphql'), stage.asked('git/get-blob')]).toEqual([0, 1])
    const before = stage.github.requests.length
    expect((await stage.source.blobTexts([], 1000)).size).toBe(0)
    expect(stage.github.requests).toHaveLength(before)
  })

  test('that the token may not read are told with the permission', async () => {
    await using stage = await scene(texts(3))
    const fault = { status: 403, body: { message: 'Resource not accessible by integration' } }
    stage.github.inject({ path: /\/(graphql|git\/blobs\/\w+)$/, times: 9, fault })
    await expect(stage.read()).rejects.toMatchObject({ code: 'missing-permission' })
  })
})
