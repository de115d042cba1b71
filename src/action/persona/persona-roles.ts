import type { PersonaServer, ProgressRemark, ReviewerHistory } from '../../roles.ts'

/** What only personas need: whoever never asks for one does not load it. */
export interface PersonaRoles {
  readonly personas: PersonaServer
  readonly history: ReviewerHistory
  readonly progress: ProgressRemark
}
