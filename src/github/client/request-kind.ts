/** `check` is a write to a check run: it tells how the run ended, so it may be the last that is done. */
export type RequestKind = 'read' | 'write' | 'check'

/** What a request does, by its method and address; a query of GraphQL, which is a POST as well, reads. */
export function kindOfRequest(url: string, { method, body }: { method: string; body?: string }): RequestKind {
  if (method === 'GET' || method === 'HEAD') return 'read'
  if (/\/graphql$/.test(url)) return isMutation(body ?? '') ? 'write' : 'read'
  return /\/check-runs(?:\/\d+)?$/.test(url) ? 'check' : 'write'
}

function isMutation(body: string): boolean {
  return /"query":"(?:\s|\\n)*mutation\b/.test(body)
}
