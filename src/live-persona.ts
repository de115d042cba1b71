import type { PersonaRoles } from './action/persona/persona-roles.ts'
import { createReviewerHistory } from './github/history/reviewer-history.ts'
import { createProgressRemark } from './github/talk/progress-remark.ts'
import { createPersonaServer } from './model/persona-server.ts'
import { historyRules } from './review/history/history-rules.ts'

type HistoryOptions = Parameters<typeof createReviewerHistory>[0]

interface Parts {
  readonly github: Pick<HistoryOptions, 'octokit' | 'repository'>
  /** The job's checkout, where texts of past commits may be. */
  readonly checkout: HistoryOptions['checkout']
  readonly server: Parameters<typeof createPersonaServer>[0]
}

/** What personas need of GitHub and of the model server. */
export function livePersona({ github, checkout, server }: Parts): PersonaRoles {
  return {
    personas: createPersonaServer(server),
    history: createReviewerHistory({ ...github, checkout, rules: historyRules }),
    progress: createProgressRemark(github),
  }
}
