import type { AskedPersona, Notice, PersonaShare, ReviewRequest } from '@ai-review/protocol/review'
import type { Engine } from '../engine/engine.ts'
import type { Voice } from '../personas/voice.ts'
import type { PipelineResult, VoiceName } from './pipeline-contract.ts'

/** How a persona takes part in one run. `adapter` is one that the engine has loaded. */
export interface PersonaPart {
  readonly asked: AskedPersona
  /** Null where it cannot take part. */
  readonly voice: Voice | null
  readonly adapter: string | null
  readonly notices: readonly Notice[]
}

const absent =
  'The asked style took no part: there is no consent, fewer than 20 past comments are known, or they cannot be read.'
const noModel = 'The asked style took no part: no model is configured.'
const takenBack = 'The asked style took no part: the consent was taken back while it was asked.'
const noAdapter =
  'The trained adapter of this style is not on the engine: the base model spoke from past comments alone.'

/** An engine that cannot tell has it not: a call would fail. */
async function isLoaded(engine: Engine, adapter: string): Promise<boolean> {
  const names = await engine.adapters?.list().catch((): string[] => [])
  return names?.includes(adapter) ?? false
}

/** What a request asks of a persona, as far as it can be done; null where it asks for none. */
export async function personaPart(
  asked: AskedPersona | undefined,
  voice: Voice | null | undefined,
  engine: Engine | null,
): Promise<PersonaPart | null> {
  if (asked === undefined) return null
  const without = (message: string): PersonaPart => ({
    asked,
    voice: null,
    adapter: null,
    notices: [{ code: 'persona-absent', message }],
  })
  if (engine === null) return without(noModel)
  if (voice === null || voice === undefined) return without(absent)
  const { adapter } = voice
  if (adapter === null) return { asked, voice, adapter: null, notices: [] }
  if (await isLoaded(engine, adapter.name)) return { asked, voice, adapter: adapter.name, notices: [] }
  return { asked, voice, adapter: null, notices: [{ code: 'adapter-missing', message: noAdapter }] }
}

/** True where one person's style is all that was asked for. */
export function isAlone(part: PersonaPart | null): boolean {
  return part !== null && !part.asked.beside
}

/** What is kept in the style of this person, where one speaks. */
export function voiceNameOf(request: ReviewRequest, part: PersonaPart | null): VoiceName | undefined {
  if (part === null || part.voice === null) return undefined
  return { repositoryId: request.repository.id, login: part.voice.login }
}

/** The files that are routed to a persona beside others: none of its own accord. */
export function routedFiles({ files }: Pick<ReviewRequest, 'files'>, { asked }: PersonaPart) {
  const paths = new Set(asked.files ?? [])
  return files.filter(({ path }) => paths.has(path))
}

/** How the persona took part, for people. */
export function shareOf({ asked, voice, adapter }: PersonaPart, near: number): PersonaShare {
  const name = voice?.name ?? asked.name
  return {
    login: voice?.login ?? asked.login,
    ...(name === undefined ? {} : { name }),
    by: voice === null ? 'absent' : adapter === null ? 'retrieval' : 'adapter',
    adapter,
    arm: adapter === null ? 'none' : (voice?.adapter?.arm ?? 'none'),
    near,
    card: voice?.card ?? null,
  }
}

/** What is left of a result whose person has taken the consent back meanwhile: nothing is said in their style. */
export function withoutVoice(result: PipelineResult): PipelineResult {
  const { persona, findings, notices } = result
  if (persona === undefined) return result
  return {
    ...result,
    findings: findings.filter(({ voice }) => voice === undefined),
    notices: [...notices, { code: 'persona-absent', message: takenBack }],
    provenance: { ...result.provenance, adapter: null },
    persona: { ...persona, by: 'absent', adapter: null, arm: 'none', near: 0, card: null },
  }
}
