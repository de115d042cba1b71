import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files that a step writes its results into, by the variable that names them. */
const kinds = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
} as const
type FileVariable = keyof typeof kinds

/** GitHub drops a larger job summary and says so. */
const maxSummaryBytes = 1024 * 1024

export interface FileResults {
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly exportedEnvironment: Readonly<Record<string, string>>
  readonly addedPaths: readonly string[]
  readonly summary: string
  /** What the runner would complain about: a malformed file, a summary that is too large, a blocked variable. */
  readonly problems: readonly string[]
}

/** Makes one fresh file of each kind, as the runner does for each step. */
export async function makeCommandFiles(temporary: string): Promise<Record<FileVariable, string>> {
  const directory = join(temporary, '_runner_file_commands')
  await mkdir(directory, { recursive: true })
  const id = randomUUID()
  const entries = Object.entries(kinds).map(([name, prefix]) => [name, join(directory, prefix + id)] as const)
  for (const [, path] of entries) await writeFile(path, '')
  return Object.fromEntries(entries) as Record<FileVariable, string>
}

export async function readCommandFiles(files: Readonly<Record<FileVariable, string>>): Promise<FileResults> {
  const text = (name: FileVariable): Promise<string> => readFile(files[name], 'utf8')
  const outputs = pairsOf(await text('GITHUB_OUTPUT'))
  const state = pairsOf(await text('GITHUB_STATE'))
  const environment = pairsOf(await text('GITHUB_ENV'))
  const summary = await text('GITHUB_STEP_SUMMARY')
  const isTooLarge = Buffer.byteLength(summary) > maxSummaryBytes
  const problems = [
    ...[...outputs.problems, ...state.problems, ...environment.problems],
    ...('NODE_OPTIONS' in environment.pairs ? ["can't store NODE_OPTIONS using $GITHUB_ENV"] : []),
    ...(isTooLarge ? ['$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k'] : []),
  ]
  return {
    outputs: outputs.pairs,
    state: state.pairs,
    exportedEnvironment: environment.pairs,
    addedPaths: (await text('GITHUB_PATH')).split('\n').filter((line) => line !== ''),
    summary: isTooLarge ? '' : summary,
    problems,
  }
}

interface Pairs {
  readonly pairs: Record<string, string>
  readonly problems: string[]
}

/** Reads `name=value` lines and `name<<DELIMITER` blocks. */
function pairsOf(text: string): Pairs {
  const found: Pairs = { pairs: {}, problems: [] }
  const lines = text.split(/\r?\n/)
  while (lines.length > 0) readPair(found, lines.shift() ?? '', lines)
  return found
}

/** Reads one pair; a block takes its lines off `rest`. */
function readPair(found: Pairs, line: string, rest: string[]): void {
  const [, blockName, delimiter = ''] = /^([^=]*?)<<(.+)$/.exec(line) ?? []
  const equals = line.indexOf('=')
  if (blockName !== undefined) {
    const end = rest.indexOf(delimiter)
    if (end < 0) found.problems.push(`Invalid value. Matching delimiter not found '${delimiter}'`)
    found.pairs[blockName] = rest
      .splice(0, end < 0 ? rest.length : end + 1)
      .slice(0, end < 0 ? undefined : -1)
      .join('\n')
  } else if (equals > 0) {
    found.pairs[line.slice(0, equals)] = line.slice(equals + 1)
  } else if (line !== '') {
    found.problems.push(`Invalid format '${line}'`)
  }
}
