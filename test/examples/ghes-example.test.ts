import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import type { Scene } from '../support/e2e/scene.ts'
import { startGitHub } from '../support/github/start-github.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'
import { runWorkflow } from '../support/workflow/run-workflow.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

/** An Enterprise Server under a certificate that no machine knows. */
async function setEnterprise(): Promise<Scene & { readonly authority: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'ghes-'))
  const [authority, key] = [join(directory, 'authority.pem'), join(directory, 'key.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', authority], {
    stdio: 'ignore',
  })
  const github = await startGitHub({
    apiPrefix: '/api/v3',
    tls: { cert: readFileSync(authority, 'utf8'), key: readFileSync(key, 'utf8') },
  })
  const repository = await github.repository()
  const pull = await repository.openPullRequest({
    files: { 'src/run.js': 'export function run(code) {\n  return eval(code)\n}\n' },
  })
  return {
    ...{ github, repository, pull, directory, authority, token: github.token() },
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true })
      await github[Symbol.asyncDispose]()
    },
  }
}

async function runOn(scene: Scene, vars: Record<string, string>) {
  const payload = await scene.pull.event('opened')
  const event = { name: 'pull_request', payload, sha: scene.pull.mergeCommit ?? scene.pull.head }
  const { reviews } = await runWorkflow('ghes.yml', event, { scene, server, vars })
  for (const run of reviews) await expectCleanRun(run, scene, [server.apiKey])
  return reviews
}

test('ghes.yml: reviews on an Enterprise Server under an authority of its own', async () => {
  await using scene = await setEnterprise()
  const reviews = await runOn(scene, { CA_FILE: scene.authority })
  expect(reviews.map(({ outputs }) => outputs.outcome)).toEqual(['reviewed'])
  expect(scene.pull.comments()).toMatchObject([{ path: 'src/run.js' }])
  const paths = scene.github.requests.map(({ path }) => path)
  expect(paths.filter((path) => !path.startsWith('/api/'))).toEqual([])
})

test('ghes.yml: without that authority nothing is reviewed, and the log says what to look at', async () => {
  await using scene = await setEnterprise()
  const reviews = await runOn(scene, {})
  expect(reviews.map(({ outputs }) => outputs.outcome)).toEqual(['failed'])
  expect(reviews[0]?.log).toContain('github-unavailable')
  expect(scene.pull.reviews()).toEqual([])
})
