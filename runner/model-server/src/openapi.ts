import { Registry } from 'prom-client'
import { Reviews } from './admission/reviews.ts'
import { createHttp } from './http.ts'
import { createLog } from './log.ts'
import { Replies } from './replies/replies.ts'

/** The OpenAPI 3.1 description of this server, as `/openapi.json` answers it, made from the routes themselves. */
export async function openApiDocument(): Promise<object> {
  const idle = { slots: 1, queueLimit: 0, sealKey: new Uint8Array(), ready: () => undefined }
  const http = await createHttp({
    reviews: new Reviews({ ...idle, onFinished: () => {}, onFailure: () => {} }),
    replies: new Replies({ ...idle, onEnded: () => {} }),
    readiness: { isReady: async () => false, model: () => null, isStoring: () => false },
    metrics: new Registry(),
    apiKeys: [],
    log: createLog('silent'),
  })
  try {
    return http.swagger()
  } finally {
    await http.close()
  }
}
