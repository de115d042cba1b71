import { Octokit } from '@octokit/rest'
import { expect, test } from 'vitest'
import { startGitHub } from '../../support/github/start-github.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

function octokitOf(github: { url: string }, token: string): Octokit {
  return new Octokit({ baseUrl: github.url, auth: token, log: silent })
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')

test('every read of a pull request is what GitHub describes', async () => {
  await using github = await startGitHub()
  const repository = await github.repository({
    files: {
      'src/app.ts': lines(30),
      link: { text: 'src/app.ts', mode: '120000' },
      lib: { submodule: 'a'.repeat(40) },
      'old.txt': lines(10),
    },
  })
  repository.setRole('contributor', 'write')
  const pull = await repository.openPullRequest({
    title: 'Mend it',
    files: {
      'src/app.ts': lines(30).replace('line 3\n', 'line three\n'),
      'new.txt': { renamedFrom: 'old.txt' },
      'pic.bin': new Uint8Array([0, 1, 2, 3]),
      'Ä "b".txt': 'quoted\n',
    },
  })
  const octokit = octokitOf(github, github.token())
  const repo = { owner: 'acme', repo: repository.state.name }
  const at = { ...repo, pull_number: pull.number }
  const { data } = await octokit.rest.pulls.get(at)
  expect(data).toMatchObject({ title: 'Mend it', changed_files: 4, state: 'open', head: { sha: pull.head } })
  const files = await octokit.paginate(octokit.rest.pulls.listFiles, { ...at, per_page: 2 })
  expect(files.map((file) => [file.filename, file.status, file.patch === undefined])).toEqual([
    ['new.txt', 'renamed', true],
    ['pic.bin', 'added', true],
    ['src/app.ts', 'modified', false],
    ['Ä "b".txt', 'added', false],
  ])
  const diff = await octokit.rest.pulls.get({ ...at, mediaType: { format: 'diff' } })
  expect(String(diff.data)).toContain('+line three')
  await octokit.rest.pulls.list(repo)
  await octokit.rest.pulls.listCommits(at)
  await octokit.rest.repos.get(repo)
  await octokit.rest.repos.getBranch({ ...repo, branch: 'main' })
  await octokit.rest.repos.getCommit({ ...repo, ref: pull.head })
  await octokit.rest.repos.listCommits(repo)
  await octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: `${pull.base}...${pull.head}` })
  await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: pull.head })
  await octokit.rest.repos.getCollaboratorPermissionLevel({ ...repo, username: 'contributor' })
  await octokit.rest.git.getCommit({ ...repo, commit_sha: pull.head })
  await octokit.rest.git.getRef({ ...repo, ref: 'heads/main' })
  const tree = await octokit.rest.git.getTree({ ...repo, tree_sha: pull.base, recursive: '1' })
  const modes = Object.fromEntries(tree.data.tree.map((entry) => [entry.path, entry.mode]))
  expect(modes).toMatchObject({ lib: '160000', link: '120000', 'src/app.ts': '100644', src: '040000' })
  const blob = tree.data.tree.find((entry) => entry.path === 'src/app.ts')
  const text = await octokit.rest.git.getBlob({ ...repo, file_sha: String(blob?.sha) })
  expect(Buffer.from(text.data.content, 'base64').toString()).toBe(lines(30))
  for (const path of ['src', 'src/app.ts', 'link', 'lib']) {
    const content = await octokit.rest.repos.getContent({ ...repo, path, ref: pull.base })
    expect(content.status).toBe(200)
  }
  await octokit.rest.users.getByUsername({ username: 'contributor' })
  await octokit.rest.rateLimit.get()
  expect(github.violations).toEqual([])
})

test('payloads of events are what GitHub describes', async () => {
  await using github = await startGitHub()
  const repository = await github.repository()
  const pull = await repository.openPullRequest({ fork: true })
  const opened = await pull.event('opened')
  expect(opened).toMatchObject({ pull_request: { head: { repo: { full_name: 'contributor/widgets-1' } } } })
  for (const action of [
    'synchronize',
    'reopened',
    'ready_for_review',
    'closed',
    'edited',
    'labeled',
    'converted_to_draft',
  ] as const) {
    expect(await pull.event(action)).toMatchObject({ action })
  }
  const comment = pull.comment('maintainer', '@tech-lead-bot maintainer')
  expect(pull.commentEvent(comment)).toMatchObject({ comment: { body: '@tech-lead-bot maintainer' } })
  expect(github.dispatchEvent(repository, { 'pull-request': '1' })).toMatchObject({
    inputs: { 'pull-request': '1' },
  })
})
