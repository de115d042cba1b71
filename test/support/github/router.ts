import type { Route } from './call.ts'
import { type Operation, operations } from './openapi-guard.ts'
import { accountRoutes } from './routes/account-routes.ts'
import { checkRoutes } from './routes/check-routes.ts'
import { commentRoutes } from './routes/comment-routes.ts'
import { gitRoutes } from './routes/git-routes.ts'
import { pullRoutes } from './routes/pull-routes.ts'
import { reviewRoutes } from './routes/review-routes.ts'

export interface Match {
  readonly operation: Operation
  readonly route: Route
  readonly parameters: Readonly<Record<string, string>>
}

const routes = {
  ...accountRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...gitRoutes,
  ...pullRoutes,
  ...reviewRoutes,
}

/** Parameters whose values hold slashes. */
const withSlashes = new Set(['path', 'ref', 'branch', 'base', 'head'])

const table = operations
  .flatMap((operation) => {
    const route = routes[operation.id]
    if (route === undefined) throw new Error(`the stand-in has no route for ${operation.id}`)
    const source = operation.template
      .replaceAll('.', '\\.')
      .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${withSlashes.has(name) ? '.+?' : '[^/]+'})`)
    const literal = operation.template.replace(/\{\w+\}/g, '').length
    return [{ operation, route, pattern: new RegExp(`^${source}$`), literal }]
  })
  // The longest fixed text first, so that `pulls/comments` is not read as a number.
  .sort((a, b) => b.literal - a.literal)

/** The route of a request, or null. `path` is without the query, still percent-encoded. */
export function matchRoute(method: string, path: string): Match | null {
  for (const { operation, route, pattern } of table) {
    const found = operation.method === method ? pattern.exec(path) : null
    if (found === null) continue
    const entries = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ])
    return { operation, route, parameters: Object.fromEntries(entries) }
  }
  return null
}
