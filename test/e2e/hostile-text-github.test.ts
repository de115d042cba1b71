import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { review, setScene } from '../support/e2e/scene.ts'
import { expectHarmless, writtenBodies } from '../support/hostile/expect-harmless.ts'
import { canary } from '../support/hostile/hostile-set.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const files = { 'src/run.js': 'export const run = (code) => eval(code)\n' }
const words = `::error::${canary}\r##[error]${canary}\n@maintainer <img src=x> fixes #1`
const headers = {
  'x-github-request-id': `::error::${canary}`,
  'x-github-sso': `required; url=http://${canary}.example`,
  'x-accepted-github-permissions': `##[error]${canary}`,
  'x-ratelimit-remaining': canary,
  'x-ratelimit-reset': canary,
  deprecation: `::warning::${canary}`,
  sunset: `::warning::${canary}`,
  link: `<http://${canary}.example/next>; rel="next", <http://${canary}.example>; rel="deprecation"`,
}
const body = {
  message: words,
  documentation_url: `http://${canary}.example`,
  errors: [{ message: words, code: words, field: words, resource: words }, words],
  [canary]: words,
}

const places = [
  ['reading the pull request', { method: 'GET', path: /\/pulls\/\d+$/ }, 404],
  ['reading files', { method: 'GET', path: /\/files$/ }, 403],
  ['reading the tree', { method: 'GET', path: /\/git\/trees\// }, 451],
  ['a check', { method: 'POST', path: /\/check-runs$/ }, 403],
  ['a check at its end', { method: 'PATCH', path: /\/check-runs\/\d+$/ }, 422],
  ['a review', { method: 'POST', path: /\/reviews$/ }, 422],
  ['GraphQL', { method: 'POST', path: /\/graphql$/ }, 403],
] as const

describe.concurrent.each(places)('an error of GitHub in hostile words on %s', (_, place, status) => {
  test('is told in words of ours', { timeout: 60_000 }, async () => {
    await using scene = await setScene({ files })
    scene.github.inject({ ...place, fault: { status, headers, body }, times: 50 })
    const run = await review(scene, { server, inputs: { 'deadline-minutes': '1' } })
    expect(run, run.log).toMatchObject({ exitCode: 0, signal: null })
    expect(`${run.stdout}${run.stderr}`).not.toContain(canary)
    expect(run.commands.filter(({ name }) => !/^(?:add-mask|warning|notice|error)$/.test(name))).toEqual([])
    expect([...writtenBodies(scene), run.summary].filter((text) => text.includes(canary))).toEqual([])
  })
})

test('a page of a listing that is said to lie elsewhere is not asked for with the token', async () => {
  const heard: string[] = []
  const elsewhere = createServer((request, response) => {
    heard.push(request.headers.authorization ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  const link = `<${address}/next?page=2>; rel="next"`
  await using scene = await setScene({
    files,
    permissions: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
  })
  for (const path of [/\/files$/, /\/check-runs$/, /\/reviews$/, /\/comments$/]) {
    scene.github.inject({
      method: 'GET',
      path,
      fault: { status: 200, headers: { link }, body: [] },
      times: 9,
    })
  }
  scene.github.inject({ method: 'POST', path: /\/graphql$/, fault: { status: 404, body: {} }, times: 20 })
  const run = await review(scene, { server, inputs: { 'deadline-minutes': '1' } })
  elsewhere.closeAllConnections()
  await new Promise((resolve) => elsewhere.close(resolve))
  expect(run.exitCode).toBe(0)
  expect(scene.github.struck).toBeGreaterThan(0)
  expect(heard).toEqual([])
})

test('what is sent to GitHub holds a text of the change in no header and in no address', async () => {
  const name = `src/${canary} ##[error] %0d%0a::error::x.js`
  await using scene = await setScene({
    files: { ...files, [name]: 'export const a = (code) => eval(code)\n' },
  })
  const run = await review(scene, { server })
  await expectHarmless(run, scene, { secrets: [server.apiKey] })
  const sent = scene.github.requests.map(({ headers: given, path, query }) =>
    JSON.stringify([given, path, query]),
  )
  expect(sent.filter((text) => text.includes(canary))).toEqual([])
  expect(scene.pull.comments().some(({ path }) => path === name)).toBe(true)
})
