/** A command that the runner read out of a line of the log. `grammar` tells `::name::` from the older `##[name]`. */
export interface RunnerCommand {
  readonly grammar: 'v2' | 'legacy'
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** What the runner knows by name (ActionCommandManager of actions/runner); the case of a name does not matter. */
const known = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/**
 * Reads a line as the runner does: `::` after any indent, else `##[` anywhere in the line.
 * `stopToken` is the word that ends a `stop-commands`.
 */
export function parseCommand(line: string, stopToken: string | null = null): RunnerCommand | null {
  return parseV2(line, stopToken) ?? parseLegacy(line, stopToken)
}

/** Lines as .NET reads them: a lone carriage return ends one too. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function isKnown(name: string, stopToken: string | null): boolean {
  return known.has(name.toLowerCase()) || (stopToken !== null && name === stopToken)
}

function parseV2(line: string, stopToken: string | null): RunnerCommand | null {
  const text = line.trimStart()
  if (!text.startsWith('::')) return null
  const end = text.indexOf('::', 2)
  if (end < 0) return null
  const head = text.slice(2, end)
  const space = head.indexOf(' ')
  const name = space < 0 ? head : head.slice(0, space)
  if (!isKnown(name, stopToken)) return null
  const properties = space < 0 ? {} : propertiesOf(head.slice(space + 1), ',', unescapeProperty)
  return { grammar: 'v2', name: name.toLowerCase(), properties, data: unescapeData(text.slice(end + 2)) }
}

function parseLegacy(line: string, stopToken: string | null): RunnerCommand | null {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return null
  const head = line.slice(start + 3, end)
  const space = head.indexOf(' ')
  const name = space < 0 ? head : head.slice(0, space)
  if (!isKnown(name, stopToken)) return null
  const properties = space < 0 ? {} : propertiesOf(head.slice(space + 1), ';', unescapeLegacy)
  return {
    grammar: 'legacy',
    name: name.toLowerCase(),
    properties,
    data: unescapeLegacy(line.slice(end + 1)),
  }
}

function propertiesOf(
  text: string,
  separator: string,
  decode: (value: string) => string,
): Record<string, string> {
  const pairs = text.split(separator).flatMap((pair) => {
    const equals = pair.indexOf('=')
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), decode(pair.slice(equals + 1))] as const]
  })
  return Object.fromEntries(pairs)
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

function unescapeLegacy(text: string): string {
  return text.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']')
}
