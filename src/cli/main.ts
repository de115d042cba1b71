import { ReviewError } from '../errors.ts'
import type { FindingsFile } from '../review/findings-file.ts'
import { exitCodeOf } from './exit-code.ts'
import { readOptions, usage } from './options.ts'
import { runPersona } from './persona.ts'
import { personaUsage, readPersonaOptions } from './persona-options.ts'
import { reviewBranch } from './review-branch.ts'
import { terminalReport } from './terminal-report.ts'

const say = (message: string): unknown => process.stderr.write(`${message}\n`)

// Whoever reads along may leave before the end, as "head" does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  const [first, ...rest] = process.argv.slice(2)
  if (first === 'persona') await persona(rest)
  else await review(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ReviewError)) throw error
  say(`${error.message} ${error.hint}`)
  process.exitCode = 2
}

async function review(args: readonly string[]): Promise<void> {
  const options = readOptions(args, process.env)
  if (options === 'help') {
    process.stdout.write(`${usage}\n`)
  } else {
    const log = { info: say, warning: say }
    const file = await reviewBranch({ options, env: process.env, log, signal: interrupted() })
    process.stdout.write(options.json ? `${JSON.stringify(file, null, 2)}\n` : report(file))
    process.exitCode = exitCodeOf(file, options.failOn)
  }
}

async function persona(args: readonly string[]): Promise<void> {
  const options = readPersonaOptions(args, process.env)
  const text = options === 'help' ? personaUsage : await runPersona({ options, signal: interrupted(), say })
  process.stdout.write(`${text}\n`)
}

function report(file: FindingsFile): string {
  const { columns = 100 } = process.stdout
  return terminalReport(file, { colour: process.stdout.hasColors?.() ?? false, width: columns })
}

/** A terminal tells this process and the one that started it, which passes it on: the second time changes nothing. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  return stop.signal
}
