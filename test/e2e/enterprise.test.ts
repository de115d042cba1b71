import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { type Certificate, makeCertificate } from '../support/network/certificate.ts'

let server: ModelServerProcess
let directory: string
let certificate: Certificate
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
  directory = await mkdtemp(join(tmpdir(), 'certificate-'))
  certificate = await makeCertificate(directory)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

function expectReviewed(scene: Scene): void {
  expect(scene.pull.reviews()).toHaveLength(1)
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }])
}

test('on an Enterprise Server all is asked below its prefix, and GraphQL at its own address', async () => {
  await using scene = await setScene({ github: { apiPrefix: '/api/v3' } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expectReviewed(scene)
  const paths = scene.github.requests.map(({ path }) => path)
  expect(paths).toContain('/api/graphql')
  expect(paths.filter((path) => path !== '/api/graphql' && !path.startsWith('/api/v3/repos/'))).toEqual([])
})

test('where the API has a host of its own, GraphQL is asked there, whatever else the runner says', async () => {
  await using scene = await setScene()
  const run = await review(scene, { server, env: { GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql' } })
  await expectCleanRun(run, scene, [server.apiKey])
  expectReviewed(scene)
  expect(scene.github.requests.map(({ path }) => path)).toContain('/graphql')
})

test('a certificate of a private authority is accepted once the authority is named', async () => {
  await using scene = await setScene({ github: { apiPrefix: '/api/v3', tls: certificate } })
  const run = await review(scene, { server, env: { NODE_EXTRA_CA_CERTS: certificate.authorityFile } })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expectReviewed(scene)
})

test('a certificate of a private authority is refused else, and the error says what to set', async () => {
  await using scene = await setScene({ github: { apiPrefix: '/api/v3', tls: certificate } })
  const run = await review(scene, { server })
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.log).toContain('NODE_EXTRA_CA_CERTS')
  expect(scene.github.requests).toEqual([])
}, 60_000)
