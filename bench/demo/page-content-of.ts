import { parseDiff } from '../../src/diff/parse-diff.ts'
import type { FindingsFile } from '../../src/review/findings-file.ts'
import { skipReasons } from '../../src/review/skip-reason.ts'
import type { OpenedPullRequest } from './open-pull-request.ts'
import type { PageComment, PageContent, SkippedFile } from './page/page-content.ts'

/** What stands on the pull request after the review, read from the stand-in itself. */
export async function pageContentOf(
  { repository, pull }: OpenedPullRequest,
  findings: FindingsFile,
): Promise<PageContent> {
  const check = pull.checkRuns().at(-1)
  const diff = await repository.state.git.run('diff', '--full-index', '-M', `${pull.base}...${pull.head}`)
  return {
    title: pull.state.title,
    repository: repository.fullName,
    number: pull.number,
    base: pull.state.baseRef,
    head: pull.state.headRef,
    conclusion: check?.conclusion ?? 'neutral',
    checkTitle: check?.title ?? '',
    checkSummary: check?.summary ?? '',
    reviewBody: pull.reviews().at(-1)?.body ?? '',
    files: parseDiff(diff).files,
    comments: pull.comments().flatMap(pageComment),
    skipped: skippedFiles(findings),
  }
}

function pageComment(comment: ReturnType<OpenedPullRequest['pull']['comments']>[number]): PageComment[] {
  const { path, side, line, startLine, body } = comment
  if (line === null) return []
  return [{ path, side, line, body, ...(startLine === null ? {} : { startLine }) }]
}

function skippedFiles({ files }: FindingsFile): SkippedFile[] {
  return [
    ...files.skipped.map(({ path, reason }) => ({ path: path ?? '', reason: skipReasons[reason].sentence })),
    ...files.notReviewed.map(({ path, reason }) => ({ path: path ?? '', reason })),
  ]
}
