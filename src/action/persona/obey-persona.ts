import type { Command } from '../command.ts'
import type { RunOutcome } from '../outcome.ts'
import { forgetPersona } from './forget-persona.ts'
import { optIn } from './opt-in.ts'
import type { PersonaTask } from './persona-task.ts'
import { reviewInStyle } from './review-in-style.ts'

export type PersonaCommand = Extract<Command, { kind: 'persona' | 'opt-in' | 'forget' }>

/** Carries out a command about a persona. Throws a ReviewError where GitHub or the server cannot be used. */
export async function obeyPersona(command: PersonaCommand, task: PersonaTask): Promise<RunOutcome> {
  if (command.kind === 'opt-in') return await optIn(task)
  return command.kind === 'forget' ? await forgetPersona(command, task) : await reviewInStyle(command, task)
}
