import { type Answer, type Call, pageOf, pullOf, type Routes, repositoryOf } from '../call.ts'
import { type ChangedFile, diffLimits } from '../changed-files.ts'
import type { JsonObject } from '../json.ts'
import { notFound, Refusal } from '../refusal.ts'
import { changedFileJson, pullJson, pullSimpleJson } from '../render.ts'
import { comparisonOf } from '../thread-position.ts'
import { commitJson } from './git-routes.ts'

/** GitHub lists no more files of a pull request than this. */
const maxListedFiles = 3000

async function getPull(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const pull = pullOf(call)
  const comparison = await comparisonOf(repository, pull.baseSha, pull.headSha)
  if (/\.(v3\.)?diff\b/.test(call.accept)) return diffAnswer(comparison)
  const commits = await repository.git.text('rev-list', '--count', `${pull.baseSha}..${pull.headSha}`)
  const counts = {
    changedFiles: comparison.files.length,
    additions: comparison.files.reduce((sum, file) => sum + file.additions, 0),
    deletions: comparison.files.reduce((sum, file) => sum + file.deletions, 0),
    commits: Number(commits),
  }
  return { status: 200, body: pullJson(call.world, { repository, pull }, counts) }
}

function diffAnswer(comparison: { files: readonly ChangedFile[]; lines: number; diff: Buffer }): Answer {
  if (comparison.files.length > diffLimits.files) {
    throw tooLarge(`the diff exceeded the maximum number of files (${diffLimits.files})`)
  }
  if (comparison.lines > diffLimits.lines) {
    throw tooLarge(`the diff exceeded the maximum number of lines (${diffLimits.lines})`)
  }
  return {
    status: 200,
    raw: { bytes: comparison.diff, type: 'application/vnd.github.v3.diff; charset=utf-8' },
  }
}

function tooLarge(why: string): Refusal {
  return new Refusal(
    406,
    `Sorry, ${why}. Consider using 'List pull requests files' API or locally cloning the repository instead.`,
    {
      errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
    },
  )
}

async function listFiles(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const pull = pullOf(call)
  const { files } = await comparisonOf(repository, pull.baseSha, pull.headSha)
  const sorted = [...files].sort((a, b) => Buffer.from(a.path).compare(Buffer.from(b.path)))
  const page = pageOf(call, sorted.slice(0, maxListedFiles))
  let lines = 0
  const body = page.items.map((file) => {
    lines += file.hunks.reduce((sum, hunk) => sum + hunk.text.length, 0)
    const place = { repository, sha: pull.headSha }
    // One answer carries 20,000 lines of patches; the rows behind that lose their counts as well.
    if (lines > diffLimits.lines) {
      const { patch: _patch, ...rest } = file
      return changedFileJson(call.world, place, { ...rest, additions: 0, deletions: 0 })
    }
    if (Buffer.byteLength(file.patch ?? '') > diffLimits.fileBytes) {
      const { patch: _patch, ...rest } = file
      return changedFileJson(call.world, place, rest)
    }
    return changedFileJson(call.world, place, file)
  })
  return { status: 200, body, headers: page.headers }
}

function listPulls(call: Call): Answer {
  const repository = repositoryOf(call)
  const state = call.query.get('state') ?? 'open'
  const head = call.query.get('head')
  const found = [...repository.pulls.values()].filter((pull) => {
    const owner = pull.fork?.split('/')[0] ?? repository.owner
    return (state === 'all' || pull.state === state) && (head === null || head === `${owner}:${pull.headRef}`)
  })
  const page = pageOf(call, found.reverse())
  return {
    status: 200,
    body: page.items.map((pull) => pullSimpleJson(call.world, repository, pull)),
    headers: page.headers,
  }
}

async function listCommits(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const pull = pullOf(call)
  const shas = await repository.git.text('rev-list', '--reverse', `${pull.baseSha}..${pull.headSha}`)
  const page = pageOf(
    call,
    shas
      .split('\n')
      .filter((sha) => sha !== '')
      .slice(0, 250),
  )
  const body = await Promise.all(page.items.map((sha) => commitJson(call, sha)))
  return { status: 200, body, headers: page.headers }
}

async function pullsOfCommit(call: Call): Promise<Answer> {
  const repository = repositoryOf(call)
  const sha = call.parameters.commit_sha ?? ''
  if ((await repository.git.resolve(`${sha}^{commit}`)) === null) throw notFound()
  const found: JsonObject[] = []
  for (const pull of repository.pulls.values()) {
    const commits = await repository.git.text('rev-list', `${pull.baseSha}..${pull.headSha}`)
    if (commits.split('\n').includes(sha) || (pull.merged && pull.mergeSha === sha))
      found.push(pullSimpleJson(call.world, repository, pull))
  }
  const page = pageOf(call, found)
  return { status: 200, body: page.items, headers: page.headers }
}

const needs = ['pull-requests', 'read'] as const

export const pullRoutes: Routes = {
  'pulls/get': { needs, handle: getPull },
  'pulls/list': { needs, handle: listPulls },
  'pulls/list-files': { needs, handle: listFiles },
  'pulls/list-commits': { needs, handle: listCommits },
  'repos/list-pull-requests-associated-with-commit': { needs, handle: pullsOfCommit },
}
