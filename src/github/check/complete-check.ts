import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { CheckReport } from '../../roles.ts'
import type { Octokit } from '../client/octokit.ts'
import { isRateLimit } from '../client/rate-limit.ts'
import { asHttpError, isUnclear, translating } from '../client/translate-error.ts'

type UpdateParameters = NonNullable<Parameters<Octokit['rest']['checks']['update']>[0]>
type Annotations = NonNullable<NonNullable<UpdateParameters['output']>['annotations']>

interface CheckToComplete {
  readonly octokit: Octokit
  readonly id: Pick<UpdateParameters, 'owner' | 'repo' | 'check_run_id'>
  readonly backoffUnitMs: number
}

const attempts = 3
/** https://docs.github.com/en/rest/checks/runs: 50 annotations a request; further requests append. */
const annotationsPerRequest = 50
const longestSummary = 65_535
const gap = '\n\nSome annotations of this check may be missing: GitHub did not take them, or did not say so.'
const bareSummary = 'GitHub did not take the text of this check; it stands in the job summary.'
const operation = { doing: 'completing the check', permission: 'checks: write' }

const CheckState = z.object({
  status: z.string(),
  output: z.object({ annotations_count: z.int() }),
})

/**
 * Sets the conclusion until GitHub says that it is set. Annotations beyond the first fifty go ahead of it, so that a
 * completed check is a whole one. As annotations append, GitHub is asked how many it holds before any are sent again;
 * where it refuses them or cannot be asked, the check is completed all the same and says that some may be missing.
 */
export function completeCheck(check: CheckToComplete, report: CheckReport): Promise<void> {
  return translating(operation, async () => {
    const batches = batchesOf(report.annotations.map(toAnnotation), annotationsPerRequest)
    const last = batches.pop() ?? []
    let isWhole = true
    for (const [index, annotations] of batches.entries()) {
      const sent = { title: report.title, summary: report.summary, annotations }
      const held = (index + 1) * annotationsPerRequest
      isWhole = (await addAnnotations(check, { output: sent, held })) && isWhole
    }
    await conclude(check, report, { annotations: last, isWhole })
  })
}

/** True once GitHub holds `held` annotations; false where it will not, or nobody knows. */
async function addAnnotations(
  check: CheckToComplete,
  { output, held }: { output: NonNullable<UpdateParameters['output']>; held: number },
): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await check.octokit.rest.checks.update({ ...check.id, output })
      return true
    } catch (error) {
      if (isRefused(error)) return false
      if (!isUnclear(error)) throw error
      const count = await heldAnnotations(check, attempt)
      if (count === null) return false
      if (count >= held) return true
    }
  }
  return false
}

interface Rest {
  /** Annotations that go with the conclusion. */
  readonly annotations: Annotations
  readonly isWhole: boolean
  /** GitHub refused the texts: only the conclusion is left to tell. */
  readonly isBare?: boolean
}

async function conclude(check: CheckToComplete, report: CheckReport, rest: Rest): Promise<void> {
  let left = rest
  for (let attempt = 1; ; attempt++) {
    try {
      await check.octokit.rest.checks.update(concluding(check, report, left))
      return
    } catch (error) {
      const mayRepeat = isUnclear(error) || (isRefused(error) && left.isBare !== true)
      if (!mayRepeat || attempt === attempts) throw error
      const wanted = report.annotations.length
      left = isRefused(error)
        ? withLess(left)
        : stillToSend(left, { count: await heldAnnotations(check, attempt), wanted })
    }
  }
}

/** What is sent after a refusal: annotations go first, then the texts; a check must end. */
function withLess(left: Rest): Rest {
  const isBare = left.annotations.length === 0
  return { annotations: [], isWhole: isBare && left.isWhole, isBare }
}

function stillToSend(left: Rest, { count, wanted }: { count: number | null; wanted: number }): Rest {
  if (left.annotations.length === 0) return left
  if (count === null) return { annotations: [], isWhole: false }
  return { ...left, annotations: count >= wanted ? [] : left.annotations }
}

function concluding(
  { id }: CheckToComplete,
  report: CheckReport,
  { annotations, isWhole, isBare = false }: Rest,
): UpdateParameters {
  const { title, summary, text, conclusion } = report
  if (isBare) return { ...id, status: 'completed', conclusion, output: { title, summary: bareSummary } }
  const told = isWhole || summary.length + gap.length > longestSummary ? summary : `${summary}${gap}`
  return {
    ...id,
    status: 'completed',
    conclusion,
    output: {
      title,
      summary: told,
      ...(text === undefined ? {} : { text }),
      ...(annotations.length === 0 ? {} : { annotations }),
    },
  }
}

/** How many annotations the check holds; null where GitHub cannot be asked either. */
async function heldAnnotations(
  { octokit, id, backoffUnitMs }: CheckToComplete,
  attempt: number,
): Promise<number | null> {
  await sleep(backoffUnitMs * attempt)
  try {
    return CheckState.parse((await octokit.rest.checks.get(id)).data).output.annotations_count
  } catch (error) {
    if (!isUnclear(error)) throw error
    return null
  }
}

function isRefused(error: unknown): boolean {
  const http = asHttpError(error)
  return http?.status === 422 && !isRateLimit(http)
}

function toAnnotation(annotation: CheckReport['annotations'][number]): Annotations[number] {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  }
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
