import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * How long the bundle takes from the start of its process to its first request, beside an Action that bundles
 * nothing but @actions/core and @octokit/rest. Both take turns in one run, so that a noisy machine disturbs both alike.
 */
const root = join(import.meta.dirname, '../..')
const rounds = 15
const limits = { megabytes: 2.5, ratio: 1.5 }

const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
const server = createServer()
try {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bundles = { ours: join(root, 'dist/index.js'), empty: bundleEmptyAction() }
  const times: Record<keyof typeof bundles, number[]> = { ours: [], empty: [] }
  for (let round = 0; round < rounds; round++) {
    for (const name of ['empty', 'ours'] as const)
      times[name].push(await millisecondsToFirstRequest(bundles[name]))
  }
  report(times.ours, times.empty, sizeOf(join(root, 'dist')) / 1e6)
} finally {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
}

/** Bytes of all code of a bundle: what is loaded later counts as well. */
function sizeOf(bundle: string): number {
  const names = readdirSync(bundle).filter((name) => name.endsWith('.js'))
  return names.reduce((sum, name) => sum + statSync(join(bundle, name)).size, 0)
}

function bundleEmptyAction(): string {
  const out = join(folder, 'empty')
  const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const entry = join(import.meta.dirname, 'empty-action.js')
  execFileSync(process.execPath, [ncc, 'build', entry, '--out', out, '--quiet', '--no-cache', '--minify'], {
    cwd: root,
  })
  return join(out, 'index.js')
}

async function millisecondsToFirstRequest(bundle: string): Promise<number> {
  const request = once(server, 'request')
  const start = performance.now()
  const child = spawn(process.execPath, [bundle], { env: environment(server), stdio: 'ignore' })
  const exit = once(child, 'exit').then(() => {
    throw new Error(`${bundle} ended without a request`)
  })
  await Promise.race([request, exit])
  const elapsed = performance.now() - start
  exit.catch(() => undefined)
  child.kill('SIGKILL')
  return elapsed
}

function environment(api: Server): Record<string, string> {
  const event = join(folder, 'event.json')
  const summary = join(folder, 'summary')
  const output = join(folder, 'output')
  const repository = {
    id: 1,
    name: 'r',
    full_name: 'o/r',
    private: true,
    visibility: 'private',
    owner: { login: 'o', id: 1 },
  }
  const side = { sha: '0'.repeat(40), ref: 'b', repo: { id: 1, full_name: 'o/r' } }
  const pullRequest = { number: 1, draft: false, state: 'open', title: 't', head: side, base: side }
  writeFileSync(event, JSON.stringify({ action: 'opened', number: 1, repository, pull_request: pullRequest }))
  for (const file of [summary, output]) writeFileSync(file, '')
  return {
    PATH: process.env.PATH ?? '',
    GITHUB_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    'INPUT_GITHUB-TOKEN': 'token',
    'INPUT_SERVER-URL': 'http://127.0.0.1:9',
    'INPUT_DEADLINE-MINUTES': '10',
    'INPUT_POLICY-PATH': '.github/ai-review.yml',
  }
}

function report(ours: number[], empty: number[], megabytes: number): void {
  const ratio = median(ours) / median(empty)
  console.table({
    'this Action': {
      'ms to first request (median)': Math.round(median(ours)),
      best: Math.round(Math.min(...ours)),
    },
    'empty Action': {
      'ms to first request (median)': Math.round(median(empty)),
      best: Math.round(Math.min(...empty)),
    },
  })
  console.log(`ratio ${ratio.toFixed(2)} (limit ${limits.ratio}) over ${rounds} rounds`)
  console.log(`bundle ${megabytes.toFixed(2)} MB (limit ${limits.megabytes})`)
  if (ratio > limits.ratio || megabytes > limits.megabytes) process.exitCode = 1
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
