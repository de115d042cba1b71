import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { largeHistory } from '../test/support/github/large-history.ts'
import { startGitHub } from '../test/support/github/start-github.ts'

/**
 * Measures the collector, in a process of its own, over a stand-in for GitHub with 3,000 pull requests and 40,000
 * comments, 3,000 of them the lead's. `--without-git` reads texts and diffs over the API, as a shallow checkout makes it.
 */
const isLocal = !process.argv.includes('--without-git')
const folder = await mkdtemp(join(tmpdir(), 'collect-'))
await using github = await startGitHub()
const history = await largeHistory(github, { pullRequests: 3000, comments: 40_000, ofLead: 3000 })
const settings = {
  apiUrl: github.url,
  token: github.token({ remaining: 1000 }),
  gitDirectory: isLocal ? history.gitDirectory : null,
  person: { id: history.lead.id, login: history.lead.login },
}
const program = fileURLToPath(new URL('../test/support/github/read-history-process.ts', import.meta.url))
const target = join(folder, 'collected.json')
const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(settings), target])
const collected = JSON.parse(await readFile(target, 'utf8')) as Record<string, unknown[]>
const counts = Object.fromEntries(Object.entries(collected).map(([kind, all]) => [kind, all.length]))
await rm(folder, { recursive: true })
console.log(JSON.stringify({ isLocal, ...counts, ...(JSON.parse(stdout) as object) }, null, 2))
