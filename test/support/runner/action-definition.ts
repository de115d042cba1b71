import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

interface ActionDefinition {
  readonly main: string
  readonly post: string | null
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly required: boolean }>>
}

interface ActionFile {
  inputs?: Record<string, { default?: unknown; required?: boolean } | null>
  runs: { using: string; main: string; post?: string }
}

/** Reads the `action.yml` of a directory. Throws unless it is a JavaScript action for Node 24. */
export async function readAction(directory: string): Promise<ActionDefinition> {
  const file = parse(await readFile(join(directory, 'action.yml'), 'utf8')) as ActionFile
  if (file.runs.using !== 'node24')
    throw new Error(`the runner of tests runs node24 actions, not ${file.runs.using}`)
  const inputs = Object.entries(file.inputs ?? {}).map(([name, input]) => [
    name,
    { default: String(input?.default ?? ''), required: input?.required ?? false },
  ])
  return {
    main: join(directory, file.runs.main),
    post: file.runs.post === undefined ? null : join(directory, file.runs.post),
    inputs: Object.fromEntries(inputs),
  }
}

/** `INPUT_…` of every input of the action: given, or its default. Dashes stay, spaces become underscores. */
export function inputVariables(
  definition: ActionDefinition,
  given: Readonly<Record<string, string>>,
  token: string,
): Record<string, string> {
  const names = new Set([...Object.keys(definition.inputs), ...Object.keys(given)])
  const entries = [...names].map((name) => {
    const value = given[name] ?? definition.inputs[name]?.default ?? ''
    const expanded = value.replace(/\$\{\{\s*github\.token\s*\}\}/g, token)
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, expanded]
  })
  return Object.fromEntries(entries)
}
