import { linesOf, parseCommand, type RunnerCommand } from './parse-command.ts'

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly properties: Readonly<Record<string, string>>
}

export interface ReadLog {
  /** What a person sees on the page of the run: masked, commands turned into their text. */
  readonly log: string
  /** Every command that took effect, in order. */
  readonly commands: readonly RunnerCommand[]
  readonly masks: readonly string[]
  /** At most 10 of each level, 4,096 characters each, as the runner keeps them. */
  readonly annotations: readonly Annotation[]
}

const maxAnnotationsOfLevel = 10
const maxAnnotationLength = 4096

interface State {
  readonly commands: RunnerCommand[]
  readonly masks: string[]
  readonly shown: string[]
  stopToken: string | null
}

/** Interprets what a step printed, as the runner does. `secrets` are masked from the first line on. */
export function readLog(printed: string, secrets: readonly string[], isDebug: boolean): ReadLog {
  const state: State = { commands: [], masks: [...secrets], shown: [], stopToken: null }
  for (const line of linesOf(printed)) readLine(state, line, isDebug)
  const log = state.shown.map((line) => masked(line, state.masks)).join('\n')
  return { log, commands: state.commands, masks: state.masks, annotations: annotationsOf(state.commands) }
}

function readLine(state: State, line: string, isDebug: boolean): void {
  const command = parseCommand(line, state.stopToken)
  if (state.stopToken !== null) {
    if (command?.name === state.stopToken.toLowerCase()) state.stopToken = null
    else state.shown.push(line)
    return
  }
  if (command === null) {
    state.shown.push(line)
    return
  }
  state.commands.push(command)
  if (command.name === 'stop-commands') state.stopToken = command.data
  else if (command.name === 'add-mask')
    state.masks.push(...linesOf(command.data).filter((mask) => mask !== ''))
  else if (command.name !== 'debug' || isDebug) state.shown.push(shownAs(command))
}

function shownAs(command: RunnerCommand): string {
  if (command.name === 'group') return `▼ ${command.data}`
  if (command.name === 'endgroup') return ''
  const label = command.name.charAt(0).toUpperCase() + command.name.slice(1)
  return `${label}: ${command.data}`
}

export function masked(text: string, masks: readonly string[]): string {
  const longestFirst = [...masks].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((left, mask) => left.replaceAll(mask, '***'), text)
}

function annotationsOf(commands: readonly RunnerCommand[]): Annotation[] {
  const counts = new Map<string, number>()
  return commands.flatMap((command) => {
    if (command.name !== 'error' && command.name !== 'warning' && command.name !== 'notice') return []
    const count = (counts.get(command.name) ?? 0) + 1
    counts.set(command.name, count)
    if (count > maxAnnotationsOfLevel) return []
    const message = command.data.slice(0, maxAnnotationLength)
    return [{ level: command.name, message, properties: command.properties }]
  })
}
