import { type Answer, type Call, pageOf, type Routes, repositoryOf } from '../call.ts'
import { completeAnswer } from '../complete-answer.ts'
import type { Json, JsonObject } from '../json.ts'
import { notFound, Refusal } from '../refusal.ts'
import { changedFileJson, repositoryJson, userJson } from '../render.ts'
import { fullNameOf, nodeId, type RepositoryState, type User } from '../state.ts'
import { comparisonOf } from '../thread-position.ts'

/** Above this the contents endpoint gives no text; the blob endpoint goes up to 100 MB. */
const maxContentBytes = 1_000_000
const maxTreeEntries = 100_000

interface TreeLine {
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size: number | null
  readonly path: string
}

async function treeOf(
  repository: RepositoryState,
  ref: string,
  wanted: { readonly recursive?: boolean; readonly path?: string } = {},
): Promise<TreeLine[]> {
  const options = wanted.recursive === true ? ['-r', '-t'] : []
  const paths = wanted.path === undefined ? [] : ['--', wanted.path]
  const listing = await repository.git.run('ls-tree', '-z', '-l', ...options, ref, ...paths)
  return listing
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/)
      return { mode, type, sha, size: size === '-' ? null : Number(size), path: line.slice(tab + 1) }
    })
}

async function commitOf(repository: RepositoryState, ref: string): Promise<string> {
  const names = [ref, `refs/heads/${ref}`, `refs/${ref}`]
  for (const name of names) {
    const sha = await repository.git.resolve(`${name}^{commit}`)
    if (sha !== null) return sha
  }
  throw new Refusal(422, `No commit found for SHA: ${ref}`)
}

async function gitCommitJson(call: Call, sha: string): Promise<JsonObject> {
  const repository = repositoryOf(call)
  const format = '%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B'
  const [
    id = '',
    tree = '',
    parents = '',
    an = '',
    ae = '',
    ad = '',
    cn = '',
    ce = '',
    cd = '',
    message = '',
  ] = (await repository.git.text('show', '--no-patch', `--format=${format}`, sha)).split('\0')
  const api = `${call.world.base}/repos/${fullNameOf(repository)}`
  const page = `${call.world.base}/${fullNameOf(repository)}/commit`
  const parentsJson = parents
    .split(' ')
    .filter((parent) => parent !== '')
    .map((parent) => ({ sha: parent, url: `${api}/commits/${parent}`, html_url: `${page}/${parent}` }))
  return {
    sha: id,
    node_id: nodeId('C', 0) + id,
    url: `${api}/git/commits/${id}`,
    html_url: `${page}/${id}`,
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.trimEnd(),
    tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    parents: parentsJson,
  }
}

/** A commit as the repository endpoints give it, without its files. */
export async function commitJson(call: Call, sha: string): Promise<JsonObject> {
  const commit = await gitCommitJson(call, sha)
  const { author, committer, message, tree, ...rest } = commit as { [key: string]: Json }
  const api = `${call.world.base}/repos/${fullNameOf(repositoryOf(call))}/commits/${sha}`
  const identity = repositoryOf(call).commitIdentities.get(sha)
  const verified = identity?.verified === true
  const signed = verified ? { payload: 'tree', signature: '-----BEGIN PGP SIGNATURE-----' } : {}
  const account = (user: User | null | undefined): Json => (user ? userJson(call.world, user) : null)
  return completeAnswer(
    'commit',
    {
      ...rest,
      url: api,
      comments_url: `${api}/comments`,
      commit: {
        url: String(commit.url),
        author: author ?? null,
        committer: committer ?? null,
        message: message ?? '',
        tree: tree ?? null,
        comment_count: 0,
        verification: {
          verified,
          reason: verified ? 'valid' : 'unsigned',
          payload: null,
          signature: null,
          verified_at: null,
          ...signed,
        },
      },
      author: account(identity?.author),
      committer: account(identity?.committer),
    },
    call.world.base,
  )
}

async function getCommit(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const sha = await commitOf(repository, call.parameters.ref ?? '')
  if (/\.sha\b/.test(call.accept))
    return { status: 200, raw: { bytes: Buffer.from(sha), type: 'text/plain' } }
  return { status: 200, body: await commitJson(call, sha) }
}

async function getGitCommit(call: Call): Promise<Answer> {
  const sha = await repositoryOf(call).git.resolve(`${call.parameters.commit_sha}^{commit}`)
  if (sha === null) throw notFound()
  return { status: 200, body: completeAnswer('git-commit', await gitCommitJson(call, sha), call.world.base) }
}

async function listCommits(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const sha = await commitOf(repository, call.query.get('sha') ?? 'main')
  const path = call.query.get('path')
  const listed = await repository.git.text('rev-list', sha, '--', ...(path === null ? [] : [path]))
  const author = call.query.get('author')
  const isAuthor = (one: string): boolean =>
    author === null || repository.commitIdentities.get(one)?.author?.login === author
  const page = pageOf(
    call,
    listed.split('\n').filter((line) => line !== '' && isAuthor(line)),
  )
  const body = await Promise.all(page.items.map((one) => commitJson(call, one)))
  return { status: 200, body, headers: page.headers }
}

async function getBlob(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const sha = call.parameters.file_sha ?? ''
  if (!/^[0-9a-f]{40}$/.test(sha) || (await repository.git.resolve(`${sha}^{blob}`)) === null)
    throw notFound()
  const bytes = await repository.git.run('cat-file', 'blob', sha)
  if (/\.raw\b/.test(call.accept)) return { status: 200, raw: { bytes, type: 'application/octet-stream' } }
  const url = `${call.world.base}/repos/${fullNameOf(repository)}/git/blobs/${sha}`
  return {
    status: 200,
    body: { sha, node_id: `B_${sha}`, url, size: bytes.length, encoding: 'base64', content: base64Of(bytes) },
  }
}

/** GitHub breaks base64 after 60 characters. */
function base64Of(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{60}/g, '$&\n')
}

async function getTree(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const named = call.parameters.tree_sha ?? ''
  const sha =
    (await repository.git.resolve(`${named}^{tree}`)) ??
    (await repository.git.resolve(`refs/heads/${named}^{tree}`))
  if (sha === null) throw notFound()
  const recursive = call.query.has('recursive')
  const lines = await treeOf(repository, sha, { recursive })
  const api = `${call.world.base}/repos/${fullNameOf(repository)}/git`
  const tree = lines.slice(0, maxTreeEntries).map((line) => ({
    path: line.path,
    mode: line.mode,
    type: line.type,
    sha: line.sha,
    ...(line.size === null ? {} : { size: line.size }),
    ...(line.type === 'commit' ? {} : { url: `${api}/${line.type}s/${line.sha}` }),
  }))
  return {
    status: 200,
    body: { sha, url: `${api}/trees/${sha}`, tree, truncated: lines.length > maxTreeEntries },
  }
}

async function getContent(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const path = (call.parameters.path ?? '').replace(/\/+$/, '')
  const ref = call.query.get('ref') ?? 'main'
  const sha = await commitOf(repository, ref).catch(() => {
    throw new Refusal(404, `No commit found for the ref ${ref}`)
  })
  const entry = (await treeOf(repository, sha, { path })).find((line) => line.path === path)
  if (entry === undefined) throw notFound()
  const json = (line: TreeLine): JsonObject => contentCore(call, { ref, line })
  if (entry.type === 'tree') {
    const children = await treeOf(repository, `${sha}:${path}`)
    return { status: 200, body: children.map((child) => json({ ...child, path: `${path}/${child.path}` })) }
  }
  const core = json(entry)
  if (entry.type === 'commit') {
    return {
      status: 200,
      body: { ...core, type: 'submodule', submodule_git_url: `${call.world.base}/submodule` },
    }
  }
  const bytes = await repository.git.run('cat-file', 'blob', entry.sha)
  if (/\.raw\b/.test(call.accept)) return { status: 200, raw: { bytes, type: 'application/octet-stream' } }
  if (entry.mode === '120000') {
    return { status: 200, body: { ...core, type: 'symlink', target: bytes.toString('utf8') } }
  }
  const isLarge = bytes.length > maxContentBytes
  const text = { encoding: isLarge ? 'none' : 'base64', content: isLarge ? '' : base64Of(bytes) }
  return { status: 200, body: { ...core, ...text } }
}

function contentCore(call: Call, { ref, line }: { ref: string; line: TreeLine }): JsonObject {
  const repository = fullNameOf(repositoryOf(call))
  const path = encodeURI(line.path)
  const self = `${call.world.base}/repos/${repository}/contents/${path}?ref=${encodeURIComponent(ref)}`
  const html = `${call.world.base}/${repository}/blob/${encodeURIComponent(ref)}/${path}`
  const git = `${call.world.base}/repos/${repository}/git/${line.type === 'tree' ? 'trees' : 'blobs'}/${line.sha}`
  const types: Record<string, string> = {
    tree: 'dir',
    commit: 'submodule',
    blob: line.mode === '120000' ? 'symlink' : 'file',
  }
  return {
    type: types[line.type] ?? 'file',
    name: line.path.split('/').at(-1) ?? '',
    path: line.path,
    sha: line.sha,
    size: line.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: line.type === 'blob' ? html : null,
    _links: { self, html, git },
  }
}

async function compare(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const [base = '', head = ''] = await Promise.all(
    [call.parameters.base, call.parameters.head].map((ref) =>
      commitOf(repository, (ref ?? '').split(':').at(-1) ?? '').catch(() => {
        throw notFound()
      }),
    ),
  )
  const { files, diff } = await comparisonOf(repository, base, head)
  if (/\.(v3\.)?diff\b/.test(call.accept))
    return { status: 200, raw: { bytes: diff, type: 'application/vnd.github.v3.diff' } }
  const shas = (await repository.git.text('rev-list', '--reverse', `${base}..${head}`))
    .split('\n')
    .filter(Boolean)
  const behind = Number(await repository.git.text('rev-list', '--count', `${head}..${base}`))
  const page = pageOf(call, shas)
  const place = { repository, sha: head }
  const statuses =
    behind === 0 ? (shas.length === 0 ? 'identical' : 'ahead') : shas.length === 0 ? 'behind' : 'diverged'
  return {
    status: 200,
    headers: page.headers,
    body: completeAnswer(
      'commit-comparison',
      {
        base_commit: await commitJson(call, base),
        merge_base_commit: await commitJson(call, await repository.git.mergeBase(base, head)),
        status: statuses,
        ahead_by: shas.length,
        behind_by: behind,
        total_commits: shas.length,
        commits: await Promise.all(page.items.map((sha) => commitJson(call, sha))),
        // Only the first page lists files.
        files:
          Number(call.query.get('page') ?? 1) > 1
            ? []
            : files.slice(0, 300).map((file) => changedFileJson(call.world, place, file)),
      },
      call.world.base,
    ),
  }
}

async function getBranch(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const name = call.parameters.branch ?? ''
  const sha = await repository.git.resolve(`refs/heads/${name}^{commit}`)
  if (sha === null) throw new Refusal(404, 'Branch not found')
  const commit = await commitJson(call, sha)
  return {
    status: 200,
    body: completeAnswer('branch-with-protection', { name, commit, protected: false }, call.world.base),
  }
}

async function getRef(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const ref = `refs/${call.parameters.ref}`
  const sha = await repository.git.resolve(ref)
  if (sha === null) throw notFound()
  const url = `${call.world.base}/repos/${fullNameOf(repository)}/git/${ref}`
  return { status: 200, body: { ref, node_id: 'REF_1', url, object: { type: 'commit', sha, url } } }
}

const needs = ['contents', 'read'] as const

export const gitRoutes: Routes = {
  'repos/get': {
    needs: ['metadata', 'read'],
    handle: (call) => ({ status: 200, body: repositoryJson(call.world, repositoryOf(call)) }),
  },
  'repos/get-branch': { needs, handle: getBranch },
  'repos/get-commit': { needs, handle: getCommit },
  'repos/list-commits': { needs, handle: listCommits },
  'repos/get-content': { needs, handle: getContent },
  'repos/compare-commits': { needs, handle: compare },
  'git/get-blob': { needs, handle: getBlob },
  'git/get-commit': { needs, handle: getGitCommit },
  'git/get-ref': { needs, handle: getRef },
  'git/get-tree': { needs, handle: getTree },
}
