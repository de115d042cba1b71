import { saidOnce } from '../../review/marker.ts'
import type { Log, ProgressRemark } from '../../roles.ts'
import { goodToHave } from '../good-to-have.ts'

/** GitHub wants a second between writes, and nobody reads faster. */
const everyMs = 15_000

/** Keeps one remark up to date. */
export interface ProgressTeller {
  /** Says it where enough time has gone by since the last; `render` is called only then. */
  readonly tell: (render: () => string) => Promise<void>
  /** Says it in any case. */
  readonly tellLast: (body: string) => Promise<void>
  /** Says it in the place of what this run has told, where it has told anything. */
  readonly correct: (body: string) => Promise<void>
}

interface Place {
  readonly pullRequest: number
  /** Names the remark: the same for each run of one command. */
  readonly name: string
}

interface Roles {
  readonly progress: ProgressRemark
  readonly log: Log
  readonly now: () => number
}

export function progressTeller({ pullRequest, name }: Place, { progress, log, now }: Roles): ProgressTeller {
  let saidAt = Number.NEGATIVE_INFINITY
  // One after the other: an older word must not take the place of a newer one.
  let last = Promise.resolve()
  const say = (body: string) => {
    saidAt = now()
    last = last.then(() => goodToHave(() => progress.sayLatest(pullRequest, saidOnce(body, name)), log))
    return last
  }
  return {
    tell: async (render) => {
      if (now() - saidAt >= everyMs) await say(render())
    },
    tellLast: say,
    correct: async (body) => {
      if (saidAt !== Number.NEGATIVE_INFINITY) await say(body)
    },
  }
}
