import type { PersonaRoles } from '../../../src/action/persona/persona-roles.ts'
import { type HistoryParts, memoryHistory } from './memory-history.ts'
import { memoryPersonaServer, type ServerParts } from './memory-persona-server.ts'

export type PersonaParts = HistoryParts & ServerParts

/** A reviewer's history and a keeper of personas, both in memory. What was asked and said stands in lists, in order. */
export function memoryPersonas(parts: PersonaParts = {}) {
  const calls: string[] = []
  const remarks = new Map<string, string>()
  const remarked: string[] = []
  const roles: PersonaRoles = {
    personas: memoryPersonaServer(parts, calls),
    history: memoryHistory(parts, calls),
    progress: {
      async sayLatest(_, { body, once }) {
        remarks.set(once, body)
        remarked.push(body)
      },
    },
  }
  return { roles, calls, remarks, remarked }
}
