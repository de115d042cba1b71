import type { Json, JsonObject } from './json.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Access, PermissionName, PullState, RepositoryState, Token, World } from './state.ts'

/** A request, decoded: what a route gets. */
export interface Call {
  readonly world: World
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly accept: string
  readonly body: JsonObject
  readonly token: Token
  readonly parameters: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly body?: Json
  /** Raw bytes instead of JSON, with their media type. */
  readonly raw?: { readonly bytes: Buffer; readonly type: string }
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  readonly needs?: readonly [PermissionName, Access]
  readonly handle: (call: Call) => Answer | Promise<Answer>
}
/** By GitHub's operation id. */
export type Routes = Readonly<Record<string, Route>>

export function repositoryOf(call: Call): RepositoryState {
  const found = call.world.repositories.get(`${call.parameters.owner}/${call.parameters.repo}`)
  if (found === undefined) throw notFound()
  return found
}

export function pullOf(call: Call): PullState {
  const number = call.parameters.pull_number ?? call.parameters.issue_number
  const found = repositoryOf(call).pulls.get(Number(number))
  if (found === undefined) throw notFound()
  return found
}

/** A number of the path. */
export function idOf(call: Call, name: string): number {
  return Number(call.parameters[name])
}

export function textOf(call: Call, name: string): string | undefined {
  const value = call.body[name]
  return typeof value === 'string' ? value : undefined
}

/** One page of `items` with GitHub's `Link` header: 30 by default. */
export function pageOf<T>(call: Call, items: readonly T[]): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(call.world.longestPage, Math.max(1, Number(call.query.get('per_page') ?? 30)))
  const page = Math.max(1, Number(call.query.get('page') ?? 1))
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (to: number, relation: string): string => {
    const query = new URLSearchParams(call.query)
    query.set('page', String(to))
    return `<${call.world.base}${call.path}?${query}>; rel="${relation}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ]
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  }
}

/** GitHub's limit of a body, in characters. */
const maxBody = 65_536

export function checkedBody(text: string | undefined): string {
  if (text === undefined || text.trim() === '')
    throw new Refusal(422, 'Validation Failed', {
      errors: [{ resource: 'IssueComment', field: 'body', code: 'missing_field' }],
    })
  refuseLongBody(text)
  return text
}

export function refuseLongBody(text: string): void {
  if ([...text].length <= maxBody) return
  const message = `Body is too long (maximum is ${maxBody} characters)`
  throw new Refusal(422, 'Validation Failed', {
    errors: [{ resource: 'Comment', field: 'body', code: 'custom', message }],
  })
}
