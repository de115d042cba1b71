import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReviewResult } from '@ai-review/protocol/review'
import { expect, test } from 'vitest'
import { createApp } from '../../runner/model-server/src/app.ts'
import { readConfig } from '../../runner/model-server/src/config.ts'
import { createLog } from '../../runner/model-server/src/log.ts'
import type { Pipeline } from '../../runner/model-server/src/review/pipeline-contract.ts'
import { createModelServerClient } from '../../src/model/client.ts'
import {
  anApiKey,
  aPipelineResult,
  aRankedFinding,
  aReviewRequest,
} from '../model-server/support/review-parts.ts'

interface StartOptions {
  readonly pipeline?: Pipeline
  readonly environment?: Record<string, string>
}

async function startServer({ pipeline, environment }: StartOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-contract-'))
  const apiKey = anApiKey()
  const config = readConfig({ DATA_DIR: directory, API_KEYS: apiKey, ...environment })
  const app = await createApp(config, createLog('silent'), pipeline === undefined ? {} : { pipeline })
  await app.started
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.http.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const patient = { signal: new AbortController().signal, onProgress: () => {} }

test('the client reads what the server answers, sealed, and the server knows its seals again', async () => {
  const pipeline: Pipeline = { run: async () => aPipelineResult({ findings: [aRankedFinding()] }) }
  await using server = await startServer({ pipeline })
  const client = createModelServerClient(server)

  const first = await client.review(aReviewRequest(), patient)
  expect(ReviewResult.parse(first)).toEqual(first)
  expect(first.accepted.trusted).toEqual([])
  expect(first.findings).toMatchObject([{ title: 'The value is never used', seal: expect.any(String) }])

  const head = aReviewRequest().change.headSha
  const { identity, seal } = first.findings[0]!
  const forged = { kind: 'finding' as const, head, identity: 'f'.repeat(64), seal }
  const marks = [{ kind: 'finding' as const, head, identity, seal }, forged]
  const next = await client.review(aReviewRequest({ head: 'next', marks }), patient)
  expect(next.accepted.trusted).toEqual([identity])
})

test('the real pipeline answers over real HTTP and says that no model took part', async () => {
  await using server = await startServer()
  const result = await createModelServerClient(server).review(aReviewRequest(), patient)
  expect(result.done).toMatchObject({ complete: true, provenance: { model: null, modelHash: null } })
  expect(result.done.coverage).toEqual([{ path: 'src/a.ts', hunks: 1, reviewedHunks: 1 }])
})

test('progress arrives while the review runs', async () => {
  const seen: number[] = []
  const { promise: told, resolve: tell } = Promise.withResolvers<void>()
  const pipeline: Pipeline = {
    run: async (_request, run) => {
      run.onProgress({ stage: 'review', done: 1, total: 2 })
      await told
      return aPipelineResult()
    },
  }
  await using server = await startServer({ pipeline })
  await createModelServerClient(server).review(aReviewRequest(), {
    ...patient,
    onProgress: ({ done }) => {
      seen.push(done)
      tell()
    },
  })
  expect(seen).toEqual([1])
})

test('text of every kind arrives as it was sent', async () => {
  const body = 'a\r\nb\n\ndata: x\nid: 99\u0000\u2028\u202e\ud83d\ude00 event: done'
  const pipeline: Pipeline = { run: async () => aPipelineResult({ findings: [aRankedFinding({ body })] }) }
  await using server = await startServer({ pipeline })
  const result = await createModelServerClient(server).review(aReviewRequest(), patient)
  expect(result.findings.map((finding) => finding.body)).toEqual([body])
})

test('a wrong key is refused with what to change', async () => {
  await using server = await startServer()
  const client = createModelServerClient({ url: server.url, apiKey: anApiKey() })
  await expect(client.review(aReviewRequest(), patient)).rejects.toMatchObject({
    code: 'server-unauthorized',
    hint: expect.stringContaining('api-key'),
  })
})

test('a request that the server does not know is refused, not reviewed in part', async () => {
  await using server = await startServer()
  const request = { ...aReviewRequest(), futureField: true }
  await expect(createModelServerClient(server).review(request, patient)).rejects.toMatchObject({
    code: 'server-refused',
  })
})

test('cancelling the client ends the review at the server', async () => {
  const stopped = Promise.withResolvers<void>()
  const cancel = new AbortController()
  const pipeline: Pipeline = {
    run: async (_request, run) => {
      run.signal.addEventListener('abort', () => stopped.resolve())
      run.onProgress({ stage: 'review', done: 0, total: 1 })
      await stopped.promise
      return aPipelineResult({ complete: false })
    },
  }
  await using server = await startServer({ pipeline })
  const review = createModelServerClient(server).review(aReviewRequest(), {
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  })
  await expect(review).rejects.toMatchObject({ code: 'cancelled' })
  await stopped.promise
})

test('the client of a newer head takes the place of the older one, which is told', async () => {
  const started = Promise.withResolvers<void>()
  const pipeline: Pipeline = {
    run: async (request, run) => {
      if (request.change.headSha !== aReviewRequest({ head: 'old' }).change.headSha) return aPipelineResult()
      started.resolve()
      await new Promise<void>((resolve) => run.signal.addEventListener('abort', () => resolve()))
      return aPipelineResult({ complete: false })
    },
  }
  await using server = await startServer({ pipeline })
  const client = createModelServerClient(server)
  const older = expect(client.review(aReviewRequest({ head: 'old' }), patient)).rejects.toMatchObject({
    code: 'head-moved',
  })
  await started.promise
  expect((await client.review(aReviewRequest({ head: 'new' }), patient)).done.complete).toBe(true)
  await older
})
