import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderFindingsFile } from '../review/findings-file.ts'
import type { ReviewSummary } from '../review/review-summary.ts'
import { renderSarif } from '../review/sarif.ts'

/** Paths of what was written. */
interface ResultFiles {
  readonly json: string
  readonly sarif: string
}

/** Writes `findings.json` and `findings.sarif` into a folder of their own, which nobody else can have prepared. */
export async function writeResultFiles(temporary: string, summary: ReviewSummary): Promise<ResultFiles> {
  const folder = await mkdtemp(join(temporary, 'ai-review-'))
  const files = { json: join(folder, 'findings.json'), sarif: join(folder, 'findings.sarif') }
  await writeFile(files.json, renderFindingsFile(summary))
  await writeFile(files.sarif, renderSarif(summary))
  return files
}
