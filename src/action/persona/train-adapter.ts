import { fewestForTraining, type PersonaStatus } from '@ai-review/protocol/persona'
import { renderGoesOn, renderTraining, renderVersion } from '../../review/render-persona.ts'
import type { PersonaName } from '../../roles.ts'
import type { PersonaRoles } from './persona-roles.ts'
import type { ProgressTeller } from './progress-teller.ts'

interface Training {
  readonly persona: PersonaName
  readonly called: { readonly login: string; readonly name?: string | undefined }
  readonly status: PersonaStatus
  /** Train although there is a version. */
  readonly force: boolean
  readonly refresh: 'never' | 'weekly'
  /** Milliseconds that the training is watched. */
  readonly watchMs: number
  /** Address of the model server, for the link to the card. */
  readonly server: string
}

interface Roles extends Pick<PersonaRoles, 'personas'> {
  readonly teller: ProgressTeller
  readonly signal: AbortSignal
}

const ended: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled'])

/** True where an adapter is worth training now. */
export function isWorthTraining({ status, force }: Pick<Training, 'status' | 'force'>): boolean {
  const { trains, comments, collection, versions, training } = status
  if (!trains || comments < fewestForTraining || collection !== null) return false
  return force || (versions.length === 0 && !isTraining(training))
}

/** True while one waits or is under way. */
export function isTraining(training: PersonaStatus['training']): boolean {
  return training !== null && !ended.has(training.state)
}

/** Starts a training and tells how it goes until it has ended or the time is up; then it goes on at the server. */
export async function trainAdapter(training: Training, { personas, teller, signal }: Roles): Promise<void> {
  const { persona, called, force, refresh, watchMs, server } = training
  const first = await personas.train(persona, { force, refresh })
  const until = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, watchMs))])
  await teller.tellLast(`${renderTraining(called, first)} ${renderGoesOn()}`)
  const last =
    (await personas.watchTraining(persona, {
      signal: until,
      onStatus: (told) => void teller.tell(() => renderTraining(called, told)),
    })) ?? first
  if (!ended.has(last.state))
    return await teller.tellLast(`${renderTraining(called, last)} ${renderGoesOn()}`)
  if (last.state !== 'done') return await teller.tellLast(renderTraining(called, last))
  const status = await personas.status(persona)
  await teller.tellLast(renderVersion(called, status, { version: last.version, server }))
}
