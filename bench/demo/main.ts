import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { drawDownload } from '../../src/cli/download-bar.ts'
import { startLocalServer } from '../../src/cli/local-server.ts'
import { terminalReport } from '../../src/cli/terminal-report.ts'
import { ReviewError } from '../../src/errors.ts'
import type { FindingsFile } from '../../src/review/findings-file.ts'
import { startGitHub } from '../../test/support/github/start-github.ts'
import { runAction } from '../../test/support/runner/run-action.ts'
import { openPullRequest } from './open-pull-request.ts'
import { type DemoOptions, readOptions, usage } from './options.ts'
import { renderPage } from './page/render-page.ts'
import { pageContentOf } from './page-content-of.ts'

const root = join(import.meta.dirname, '../..')
const say = (message: string): unknown => process.stderr.write(`${message}\n`)

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') process.stdout.write(`${usage}\n`)
  else await demo(options)
} catch (error) {
  const isExpected = error instanceof TypeError || error instanceof ReviewError
  say(isExpected ? `${error.message} ${error instanceof ReviewError ? error.hint : ''}` : String(error))
  process.exitCode = 1
}

/** The main job on one machine: stand-in, model server and the bundled Action talk HTTP to each other. */
async function demo({ change, model, output }: DemoOptions): Promise<void> {
  const temporary = await mkdtemp(join(tmpdir(), 'ai-review-demo-'))
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort())
  try {
    say('Opening the pull request on a stand-in for GitHub.')
    await using github = await startGitHub()
    const opened = await openPullRequest(github, change)
    const workspace = join(temporary, 'workspace')
    await opened.repository.checkout(workspace, opened.pull, { depth: 0 })

    say(
      model === undefined
        ? 'Starting the model server, without a model.'
        : `Starting the model server with ${model}.`,
    )
    await using server = await startLocalServer({
      folder: temporary,
      signal: stopped.signal,
      env: process.env,
      onDownload: drawDownload,
      ...(model === undefined ? {} : { model }),
    })

    say('Running the Action as a runner would.')
    const run = await runAction({
      action: root,
      github,
      token: github.token(),
      workspace,
      temporary,
      eventName: 'pull_request',
      event: await opened.pull.event('opened'),
      inputs: { 'server-url': server.url, ...(model === undefined ? {} : { 'deadline-minutes': '60' }) },
      cancelWhen: new Promise((cancel) => stopped.signal.addEventListener('abort', cancel)),
      onPrinted: (text) => process.stderr.write(shownLog(text)),
    })
    stopped.signal.throwIfAborted()
    const findingsPath = run.outputs['findings-json']
    if (run.exitCode !== 0 || findingsPath === undefined)
      throw new Error(`The Action ended with ${run.exitCode}.`)

    const findings = JSON.parse(await readFile(findingsPath, 'utf8')) as FindingsFile
    const page = join(resolve(output), 'review.html')
    await mkdir(resolve(output), { recursive: true })
    await writeFile(page, renderPage(await pageContentOf(opened, findings)))
    for (const name of ['findings-json', 'findings-sarif']) await keep(run.outputs[name], resolve(output))
    const { columns = 100 } = process.stdout
    process.stdout.write(
      `\n${terminalReport(findings, { colour: process.stdout.hasColors?.() ?? false, width: columns })}`,
    )
    process.stdout.write(
      `\n${opened.pull.comments().length} comments and a check stand on the pull request. As a page: ${page}\n`,
    )
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function keep(file: string | undefined, folder: string): Promise<void> {
  if (file !== undefined) await copyFile(file, join(folder, basename(file)))
}

/** The log as a runner shows it: without the commands that tell it what to mask. */
function shownLog(printed: string): string {
  return printed.replace(/^::add-mask::.*\n/gm, '').replace(/^(?=.)/gm, '  ')
}
