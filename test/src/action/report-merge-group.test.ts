import { expect, test } from 'vitest'
import { reportMergeGroup } from '../../../src/action/report-merge-group.ts'
import { ReviewError } from '../../../src/errors.ts'
import type { CheckConclusion, CheckReport } from '../../../src/roles.ts'
import { aPullRequest } from '../../support/review/a-pull-request.ts'

const groupHead = 'c'.repeat(40)
const pullHead = 'a'.repeat(40)

/** The story with one pull request, whose check ended as told. */
async function story(number: number | null, own: CheckConclusion | null, refusal?: Error) {
  const reported: { readonly sha: string; readonly report: CheckReport }[] = []
  const outcome = await reportMergeGroup(
    { kind: 'merge-group', headSha: groupHead, number },
    {
      source: {
        pullRequest: (asked) =>
          asked === number
            ? Promise.resolve(aPullRequest({ head: { sha: pullHead, ref: 'mend' } }))
            : Promise.reject(new Error('another number')),
      },
      checks: {
        conclusionOf: (sha) => Promise.resolve(sha === pullHead ? own : null),
        reportCheck: (sha, report) => {
          if (refusal !== undefined) return Promise.reject(refusal)
          reported.push({ sha, report })
          return Promise.resolve()
        },
      },
    },
  )
  return { outcome, reported }
}

test.each(['success', 'neutral', 'failure'] as const)(
  '%s is repeated on the head of the group',
  async (own) => {
    const { outcome, reported } = await story(12, own)
    expect(outcome).toEqual({ kind: 'repeated', conclusion: own })
    expect(reported).toMatchObject([{ sha: groupHead, report: { conclusion: own, annotations: [] } }])
    expect(reported[0]?.report.summary).toContain('pull request 12')
  },
)

test.each([12, null])(
  'without a check of pull request %j the group is neither passed nor failed',
  async (number) => {
    const { outcome, reported } = await story(number, null)
    expect(outcome).toEqual({ kind: 'repeated', conclusion: 'neutral' })
    expect(reported[0]?.report.title).toBe('No review to repeat')
  },
)

test('a check that may not be made is an error: the queue waits for it', async () => {
  const refusal = new ReviewError('missing-permission', 'The token lacks it.', { hint: 'Add it.' })
  await expect(story(12, 'success', refusal)).rejects.toBe(refusal)
})
