import { Capacity } from '@ai-review/protocol/capacity'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { openApiDocument } from '../../../runner/model-server/src/openapi.ts'
import { aReviewRequest, GatedPipeline } from '../support/review-parts.ts'
import { startHttp } from '../support/start-http.ts'

interface Operation {
  readonly operationId: string
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> }
}

test('the contract names every route, and its schema takes the requests that the server takes', async () => {
  await using server = await startHttp({ pipeline: new GatedPipeline() })
  const served = await (await fetch(`${server.url}/openapi.json`)).json()
  expect(served).toEqual(JSON.parse(JSON.stringify(await openApiDocument())))

  const { paths } = served as { paths: Record<string, Record<string, Operation>> }
  const operations = Object.values(paths).flatMap((path) =>
    Object.values(path).map((each) => each.operationId),
  )
  expect(operations.sort()).toEqual([
    'agreeToPersona',
    'cancelReview',
    'cancelTraining',
    'capacity',
    'createReply',
    'createReview',
    'followReview',
    'forgetPersona',
    'health',
    'personaStatus',
    'personaTraining',
    'promoteVersion',
    'readiness',
    'sendFeedback',
    'trainPersona',
    'uploadSamples',
  ])
  const schema = paths['/v1/reviews']!.post!.requestBody!.content['application/json']!.schema
  const validate = new Ajv2020({ strict: false }).compile(schema)
  expect(validate(aReviewRequest()), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...aReviewRequest(), extra: 1 })).toBe(false)
})

test('capacity tells slots, queue and the effort a review would get', async () => {
  await using server = await startHttp({ pipeline: new GatedPipeline(), slots: 3, queueLimit: 5 })
  const capacity = Capacity.parse(await (await fetch(`${server.url}/v1/capacity`)).json())
  expect(capacity).toEqual({
    running: 0,
    queued: 0,
    slots: 3,
    queueLimit: 5,
    model: null,
    effort: 'standard',
  })
})

test('metrics count reviews by how they ended, and what they found', async () => {
  const pipeline = new GatedPipeline()
  await using server = await startHttp({ pipeline })
  pipeline.open()
  await fetch(`${server.url}/v1/reviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(aReviewRequest()),
  })
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toContain('ai_review_reviews_total{outcome="complete",effort="standard"} 1')
  expect(metrics).toContain('ai_review_findings_total{reviewer="patterns",severity="high"} 1')
  expect(metrics).toContain('ai_review_tokens_total{kind="prompt"} 10')
  expect(metrics).toContain('ai_review_reviews_running 0')
})

test.each(['/readyz', '/v1/capacity', '/openapi.json', '/nowhere'])(
  'nothing keeps the answer of %s, and nothing takes it for a page',
  async (path) => {
    await using server = await startHttp({ pipeline: new GatedPipeline() })
    const { headers } = await fetch(`${server.url}${path}`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  },
)
