import type { Json, JsonObject } from './json.ts'

/** An answer that is not a success, thrown by a route in GitHub's own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: JsonObject

  constructor(status: number, message: string, more: Record<string, Json> = {}) {
    super(message)
    this.status = status
    this.body = {
      message,
      ...more,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    }
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found')
}

/** 422 with plain sentences, as the review endpoints give it. */
export function unprocessable(...errors: string[]): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors })
}

/** 422 with fields, as most endpoints give it. */
export function validationFailed(error: {
  resource: string
  field: string
  code: string
  message?: string
}): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [error] })
}

export function notAccessible(): Refusal {
  return new Refusal(403, 'Resource not accessible by integration')
}
