import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { review, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { startConnectProxy } from '../support/network/connect-proxy.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const password = 'a-password-of-the-proxy'

test('GitHub is asked through the proxy with its credentials, the model server is not', async () => {
  await using scene = await setScene()
  await using proxy = await startConnectProxy()
  const env = { http_proxy: `http://user:${password}@127.0.0.1:${proxy.port}` }
  const run = await review(scene, { server, env })
  await expectCleanRun(run, scene, [server.apiKey, password])
  expect(run.exitCode).toBe(0)
  expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(scene.github.url).host]))
  const expected = `Basic ${Buffer.from(`user:${password}`).toString('base64')}`
  expect(new Set(proxy.credentials)).toEqual(new Set([expected]))
  expect(run.stdout + run.stderr).not.toMatch(new RegExp(`${password}|${expected}|experimental`, 'i'))
  expect(scene.pull.reviews()).toHaveLength(1)
})

test('a host that the runner exempts is asked directly', async () => {
  await using scene = await setScene()
  await using proxy = await startConnectProxy()
  const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '10.0.0.1, 127.0.0.1' }
  const run = await review(scene, { server, env })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(proxy.tunnels).toEqual([])
  expect(scene.pull.reviews()).toHaveLength(1)
})

test('a proxy that does not answer is told without its address or its password', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server, env: { http_proxy: `http://user:${password}@127.0.0.1:9` } })
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.log).toContain('proxy')
  expect(run.stdout + run.stderr + run.summary).not.toContain(password)
  expect(scene.github.requests).toEqual([])
}, 60_000)
