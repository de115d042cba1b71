import { summary as jobSummary, setOutput } from '@actions/core'
import type { Log } from '../roles.ts'

const outputNames = [
  'outcome',
  'conclusion',
  'findings-total',
  'findings-posted',
  'findings-json',
  'findings-sarif',
  'review-url',
  'check-url',
] as const
type Outputs = Partial<Record<(typeof outputNames)[number], string | number>>

/** Every output is set in every run, so that a workflow can rely on it. */
export function writeOutputs(outputs: Outputs): void {
  for (const name of outputNames) setOutput(name, outputs[name] ?? '')
}

/** Adds to the page of the job; that it cannot be written changes nothing else. */
export async function writeJobSummary(markdown: string, log: Log): Promise<void> {
  try {
    await jobSummary.addRaw(markdown).write()
  } catch {
    log.warning('The job summary could not be written: the runner gives no file for it, or its disk is full.')
  }
}
