import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../github/json.ts'
import { inputVariables, readAction } from './action-definition.ts'
import { type FileResults, makeCommandFiles, readCommandFiles } from './file-commands.ts'
import { masked, type ReadLog, readLog } from './read-log.ts'
import { runnerEnvironment } from './runner-environment.ts'

export interface ActionRun {
  /** The directory that holds `action.yml`. */
  readonly action: string
  readonly eventName:
    | 'pull_request'
    | 'workflow_dispatch'
    | 'issue_comment'
    | 'pull_request_review_comment'
    | 'merge_group'
  readonly event: JsonObject
  /** Anything with the root of the API. */
  readonly github: { readonly url: string }
  readonly token: string
  readonly inputs?: Readonly<Record<string, string>>
  /** The checkout; an empty directory unless told. */
  readonly workspace?: string
  /** What the workflow's `env:` adds. */
  readonly env?: Readonly<Record<string, string>>
  /** Values of secrets: masked as the runner masks them. */
  readonly secrets?: readonly string[]
  readonly debug?: boolean
  readonly sha?: string
  readonly runId?: number
  readonly runAttempt?: number
  /** The run is cancelled once this settles: SIGINT, then SIGTERM after 7.5 s, then SIGKILL after 2.5 s more. */
  readonly cancelWhen?: Promise<unknown>
  /** Where the outputs' files and the payload are put; a fresh directory unless told. */
  readonly temporary?: string
  /** Told each piece of the log as it is printed. */
  readonly onPrinted?: (text: string) => void
}

export interface FinishedRun extends ReadLog, FileResults {
  /** Null where a signal ended the process. */
  readonly exitCode: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
  readonly temporary: string
}

const graceMs = { interrupt: 7500, terminate: 2500 } as const

/** Runs a JavaScript action as actions/runner does: Node 24, only the runner's environment, commands read from its log. */
export async function runAction(run: ActionRun): Promise<FinishedRun> {
  const root = run.temporary ?? (await mkdtemp(join(tmpdir(), 'runner-')))
  const temporary = join(root, '_temp')
  const workspace = run.workspace ?? join(root, 'workspace')
  await mkdir(temporary, { recursive: true })
  await mkdir(workspace, { recursive: true })
  const eventPath = join(temporary, 'event.json')
  await writeFile(eventPath, JSON.stringify(run.event))
  const definition = await readAction(run.action)
  const files = await makeCommandFiles(temporary)
  const environment = {
    ...runnerEnvironment({
      apiUrl: run.github.url,
      eventName: run.eventName,
      event: run.event,
      eventPath,
      workspace,
      temporary,
      actionPath: run.action,
      runId: run.runId ?? 1,
      runAttempt: run.runAttempt ?? 1,
      isDebug: run.debug ?? false,
      ...(run.sha === undefined ? {} : { sha: run.sha }),
    }),
    ...files,
    ...inputVariables(definition, run.inputs ?? {}, run.token),
    ...run.env,
  }
  const ended = await runProcess(definition.main, {
    environment,
    workspace,
    cancelWhen: run.cancelWhen,
    onPrinted: run.onPrinted,
  })
  const results = await readCommandFiles(files)
  const secrets = [run.token, ...(run.secrets ?? [])].filter((secret) => secret !== '')
  const read = readLog(ended.printed, secrets, run.debug ?? false)
  const { printed: _printed, ...rest } = ended
  return { ...read, ...results, ...rest, summary: masked(results.summary, read.masks), temporary }
}

interface EndedProcess {
  readonly exitCode: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  /** Both streams in the order in which they arrived. */
  readonly printed: string
  readonly durationMs: number
}

async function runProcess(
  file: string,
  options: {
    environment: Record<string, string>
    workspace: string
    cancelWhen: Promise<unknown> | undefined
    onPrinted: ActionRun['onPrinted'] | undefined
  },
): Promise<EndedProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, [file], { cwd: options.workspace, env: options.environment })
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], printed: [] as Buffer[] }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      output[name].push(chunk)
      output.printed.push(chunk)
      options.onPrinted?.(chunk.toString('utf8'))
    })
  }
  child.stdin.end()
  const timers: NodeJS.Timeout[] = []
  options.cancelWhen?.then(
    () => {
      child.kill('SIGINT')
      timers.push(setTimeout(() => child.kill('SIGTERM'), graceMs.interrupt))
      timers.push(setTimeout(() => child.kill('SIGKILL'), graceMs.interrupt + graceMs.terminate))
    },
    () => undefined,
  )
  const { exitCode, signal } = await new Promise<{ exitCode: number | null; signal: string | null }>(
    (resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, name) => resolve({ exitCode: code, signal: name }))
    },
  )
  for (const timer of timers) clearTimeout(timer)
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8')
  return {
    exitCode,
    signal,
    stdout: text(output.stdout),
    stderr: text(output.stderr),
    printed: text(output.printed),
    durationMs: performance.now() - started,
  }
}
