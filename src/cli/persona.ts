import { PersonaStatus, type TrainingStatus } from '@ai-review/protocol/persona'
import { askForJson } from '../model/ask-for-json.ts'
import { exchange } from '../model/connection.ts'
import { createPersonaServer } from '../model/persona-server.ts'
import { isPassing } from '../model/try-again.ts'
import type { NamedPersona, PersonaName, PersonaServer } from '../roles.ts'
import type { PersonaOptions } from './persona-options.ts'
import { personaReport, trainingLine } from './persona-report.ts'

/** A training takes hours on a large model. */
const longestMs = 24 * 3_600_000

interface PersonaRun {
  readonly options: PersonaOptions
  readonly signal: AbortSignal
  /** For people, while it lasts. */
  readonly say: (line: string) => void
}

/** Carries one command on a persona out and answers with what is to be printed. Throws a ReviewError. */
export async function runPersona({ options, signal, say }: PersonaRun): Promise<string> {
  const { command, persona, json } = options
  const until = Date.now() + longestMs
  const server = createPersonaServer({ ...options.server, signal, timeLeft: () => until - Date.now() })
  switch (command) {
    case 'show':
      return shown(await server.status(namesOf(persona)), json)
    case 'train':
      await train(server, { options, signal, say })
      return shown(await server.status(persona), json)
    case 'promote':
    case 'return':
      return shown(await promote(options, signal), json)
    case 'forget': {
      const forgotten = await server.forget(namesOf(persona))
      const { comments, versions, cancelled } = forgotten
      return json
        ? JSON.stringify(forgotten, null, 2)
        : `Forgotten: ${comments} past comments, ${versions} adapters${cancelled ? ', and the training under way' : ''}.`
    }
  }
}

/** What is shown and forgotten goes by names alone, whatever they stand for by now. */
function namesOf({ repository: { owner, name }, person: { login } }: PersonaName): NamedPersona {
  return { repository: { owner, name }, person: { login } }
}

function shown(status: PersonaStatus, json: boolean): string {
  return json ? JSON.stringify(status, null, 2) : personaReport(status)
}

async function train(server: PersonaServer, { options, signal, say }: PersonaRun): Promise<void> {
  const { persona, force } = options
  let last = ''
  const onStatus = (status: TrainingStatus) => {
    const line = trainingLine(status)
    if (line !== last) say(line)
    last = line
  }
  onStatus(await server.train(persona, { force }))
  await server.watchTraining(persona, { signal, onStatus })
}

async function promote({ persona, server, to }: PersonaOptions, signal: AbortSignal): Promise<PersonaStatus> {
  const { repository, person } = persona
  const names = [repository.owner, repository.name, person.login].map(encodeURIComponent)
  const request = {
    method: 'POST',
    path: `/v1/personas/${names.join('/')}/promotion`,
    body: { repository, person, to },
    signal,
  } as const
  try {
    return await exchange(server, () => askForJson(server, request, PersonaStatus))
  } catch (error) {
    // Whoever typed the command tries it again.
    throw isPassing(error) ? error.final : error
  }
}
