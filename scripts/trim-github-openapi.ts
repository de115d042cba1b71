import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Writes the part of GitHub's own OpenAPI description that the stand-in answers: the operations and webhooks
 * named below with everything they refer to, without prose and examples.
 * Run: `node scripts/trim-github-openapi.ts`. The whole package is 385 MB, so it is fetched and never installed.
 */
const source = '@octokit/openapi@23.0.2'
const target = new URL('../test/support/github/github-openapi.generated.json', import.meta.url)

const operations = [
  'checks/create',
  'checks/get',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/update',
  'git/get-blob',
  'git/get-commit',
  'git/get-ref',
  'git/get-tree',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/get-comment',
  'issues/list-comments',
  'issues/update-comment',
  'pulls/create-reply-for-review-comment',
  'pulls/create-review',
  'pulls/create-review-comment',
  'pulls/delete-pending-review',
  'pulls/delete-review-comment',
  'pulls/get',
  'pulls/get-review',
  'pulls/get-review-comment',
  'pulls/list',
  'pulls/list-comments-for-review',
  'pulls/list-commits',
  'pulls/list-files',
  'pulls/list-review-comments',
  'pulls/list-review-comments-for-repo',
  'pulls/list-reviews',
  'pulls/submit-review',
  'pulls/update-review',
  'pulls/update-review-comment',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'reactions/create-for-pull-request-review-comment',
  'reactions/delete-for-issue-comment',
  'reactions/delete-for-pull-request-comment',
  'reactions/list-for-issue-comment',
  'reactions/list-for-pull-request-review-comment',
  'repos/compare-commits',
  'repos/get',
  'repos/get-branch',
  'repos/get-collaborator-permission-level',
  'repos/get-commit',
  'repos/get-content',
  'repos/list-commits',
  'repos/list-pull-requests-associated-with-commit',
  'users/get-authenticated',
  'users/get-by-username',
]

const webhooks = [
  'issue-comment-created',
  'issue-comment-edited',
  'merge-group-checks-requested',
  'pull-request-closed',
  'pull-request-converted-to-draft',
  'pull-request-edited',
  'pull-request-labeled',
  'pull-request-opened',
  'pull-request-ready-for-review',
  'pull-request-reopened',
  'pull-request-review-comment-created',
  'pull-request-synchronize',
  'workflow-dispatch',
]

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

const prose = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'x-github',
  'x-github-breaking-changes',
  'tags',
  'title',
])

/** `names` says that the keys of `value` are names chosen by the description's author, such as those of properties. */
function withoutProse(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item))
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([key]) => names || !prose.has(key))
  return Object.fromEntries(
    kept.map(([key, item]) => [
      key,
      key === 'enum' ? item : withoutProse(item, !names && key === 'properties'),
    ]),
  )
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) =>
    key === '$ref' && typeof item === 'string' ? [item] : referencesIn(item),
  )
}

function at(document: JsonObject, reference: string): Json {
  const names = reference.slice(2).split('/')
  let place: Json = document
  for (const name of names) place = (place as JsonObject)[name] as Json
  return place
}

/** Everything that `roots` refer to, directly or through others, as `components`. */
function componentsOf(document: JsonObject, roots: Json): JsonObject {
  const components: JsonObject = {}
  const waiting = referencesIn(roots)
  const seen = new Set<string>()
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    if (seen.has(reference)) continue
    seen.add(reference)
    const [, , kind, name] = reference.split('/') as [string, string, string, string]
    const part = withoutProse(at(document, reference))
    components[kind] ??= {}
    const ofKind = components[kind] as JsonObject
    ofKind[name] = part
    waiting.push(...referencesIn(part))
  }
  const sorted = Object.entries(components).map(([kind, parts]) => {
    const entries = Object.entries(parts as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1))
    return [kind, Object.fromEntries(entries)] as const
  })
  return Object.fromEntries(sorted)
}

function pathsOf(document: JsonObject): JsonObject {
  const wanted = new Set(operations)
  const paths: JsonObject = {}
  for (const [path, methods] of Object.entries(document.paths as JsonObject)) {
    for (const [method, operation] of Object.entries(methods as JsonObject)) {
      if (!wanted.delete(String((operation as JsonObject).operationId))) continue
      paths[path] ??= {}
      const ofPath = paths[path] as JsonObject
      ofPath[method] = withoutProse(operation)
    }
  }
  if (wanted.size > 0) throw new Error(`not in ${source}: ${[...wanted].join(', ')}`)
  return paths
}

function webhooksOf(document: JsonObject): JsonObject {
  const all = document['x-webhooks'] as JsonObject
  const body = (name: string): Json => {
    const webhook = all[name] as
      | { post: { requestBody: { content: { 'application/json': { schema: Json } } } } }
      | undefined
    if (webhook === undefined) throw new Error(`not in ${source}: webhook ${name}`)
    return withoutProse(webhook.post.requestBody.content['application/json'].schema)
  }
  return Object.fromEntries(webhooks.map((name) => [name, body(name)]))
}

function fetchDescription(): JsonObject {
  const directory = mkdtempSync(join(tmpdir(), 'github-openapi-'))
  try {
    const packed = execFileSync('npm', ['pack', source, '--silent'], {
      cwd: directory,
      encoding: 'utf8',
    }).trim()
    const member = 'package/generated/api.github.com.json'
    execFileSync('tar', ['xzf', packed, member], { cwd: directory })
    return JSON.parse(readFileSync(join(directory, member), 'utf8')) as JsonObject
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const document = fetchDescription()
const roots = { paths: pathsOf(document), webhooks: webhooksOf(document) }
const trimmed = { source, ...roots, components: componentsOf(document, roots) }
writeFileSync(target, `${JSON.stringify(trimmed)}\n`)
