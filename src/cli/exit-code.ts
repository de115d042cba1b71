import { type Severity, severities } from '@ai-review/protocol/finding'
import type { FindingsFile } from '../review/findings-file.ts'

/** 0: nothing at or above `failOn`; 1: something; 2: the review failed or is not whole, so silence means nothing. */
export function exitCodeOf(file: FindingsFile, failOn: Severity | 'never'): 0 | 1 | 2 {
  const bar = failOn === 'never' ? -1 : severities.indexOf(failOn)
  const found = file.findings.some(
    ({ severity, verdict }) => verdict !== 'below-threshold' && severities.indexOf(severity) <= bar,
  )
  if (found) return 1
  return file.failure !== undefined || file.files.notReviewed.length > 0 ? 2 : 0
}
