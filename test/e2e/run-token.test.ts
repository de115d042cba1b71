import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import { startModelServer, withoutDatabase } from '../support/model-server.ts'
import { startIssuer } from '../support/oidc/start-issuer.ts'
import { runWorkflow } from '../support/workflow/run-workflow.ts'

/** A port that nobody listens on: the address of a server is part of what its tokens are made for. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

interface Numbers {
  readonly repository: {
    readonly id: number
    readonly full_name: string
    readonly owner: { readonly id: number }
  }
}

/** What GitHub would say of a run on the pull request of the scene. */
async function claimsOf(scene: Scene) {
  const { repository } = (await scene.pull.event('opened')) as unknown as Numbers
  return {
    repository: repository.full_name,
    repository_id: String(repository.id),
    repository_owner_id: String(repository.owner.id),
    ref: `refs/pull/${scene.pull.number}/merge`,
  }
}

/** A server that knows no key and takes the tokens of one owner. */
async function startServer(issuer: { readonly url: string }, owner: string) {
  const port = String(await freePort())
  return startModelServer({
    env: {
      ...withoutDatabase.env,
      PORT: port,
      API_KEYS: '',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: `http://127.0.0.1:${port}`,
      OIDC_OWNERS: owner,
    },
  })
}

test('a job of id-token: write needs no key: each request has a token of its own, masked', async () => {
  await using scene = await setScene()
  const claims = await claimsOf(scene)
  await using issuer = await startIssuer({ claims, failures: 1 })
  await using server = await startServer(issuer, claims.repository_owner_id)
  const event = {
    name: 'pull_request',
    payload: await scene.pull.event('opened'),
    sha: scene.pull.mergeCommit ?? scene.pull.head,
  }
  const surroundings = { scene, server: { url: server.url, apiKey: '' }, env: issuer.jobEnvironment }
  const { reviews, jobs } = await runWorkflow('without-key.yml', event, surroundings)
  expect(jobs).toMatchObject([{ permissions: { 'id-token': 'write' } }])
  const run = reviews[0]!
  await expectCleanRun(run, scene, [...issuer.issued])
  expect(run.outputs).toMatchObject({ outcome: 'reviewed' })
  expect(scene.pull.reviews()).toHaveLength(1)
  expect(issuer.issued.length).toBeGreaterThan(0)
  expect(run.masks).toEqual(expect.arrayContaining([...issuer.issued]))
  expect(server.printed()).not.toContain(issuer.issued[0]?.slice(0, 60))
})

test.each([
  { what: 'the permission is missing', isGranted: false, owner: '70', told: /id-token: write/ },
  { what: 'the owner is not let in', isGranted: true, owner: '1', told: /OIDC_OWNERS/ },
])('where $what, one sentence says so', async ({ isGranted, owner, told }) => {
  await using scene = await setScene()
  await using issuer = await startIssuer({ claims: await claimsOf(scene) })
  await using server = await startServer(issuer, owner)
  const env = isGranted ? issuer.jobEnvironment : {}
  const run = await review(scene, { server: { url: server.url, apiKey: '' }, env })
  expect(run.outputs).toMatchObject({ outcome: 'failed' })
  expect(run.log).toMatch(told)
  expect(run.log).toContain('server-unauthorized')
  expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'neutral' }])
})
