import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileDiff } from '../../../src/diff/file-diff.ts'
import { showHidden } from '../../../src/review/show-hidden.ts'
import { diffTable } from './diff-table.ts'
import { escapeHtml } from './html.ts'
import { markdownToHtml } from './markdown.ts'
import type { PageComment, PageContent } from './page-content.ts'

const style = readFileSync(join(import.meta.dirname, 'page.css'), 'utf8')

/** One self-contained HTML page that reads like the pull request with its comments. It runs no script and fetches nothing. */
export function renderPage(content: PageContent): string {
  const commentsOf = (path: string): PageComment[] =>
    content.comments.filter((comment) => comment.path === path)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(content.title)} · review</title>
<style>${style}</style>
<body>
<header class="top">
<h1>${escapeHtml(showHidden(content.title))} <span class="number">#${content.number}</span></h1>
<p>${escapeHtml(content.repository)} · <code>${escapeHtml(content.head)}</code> into <code>${escapeHtml(content.base)}</code> · ${content.files.length} files · ${content.comments.length} comments</p>
</header>
<main>
<section class="check ${escapeHtml(content.conclusion)}">
<h2><span class="state">${escapeHtml(content.conclusion)}</span> ${escapeHtml(content.checkTitle)}</h2>
<div class="markdown">${markdownToHtml(content.checkSummary)}</div>
</section>
${content.reviewBody === '' ? '' : `<section class="review"><h2>Review</h2><div class="markdown">${markdownToHtml(content.reviewBody)}</div></section>`}
<nav><h2>Files</h2><ul>${content.files.map((file) => fileLink(file, commentsOf(file.path).length)).join('')}</ul></nav>
${content.files.map((file) => fileSection(file, commentsOf(file.path), content)).join('\n')}
</main>
</body>
</html>
`
}

function fileLink(file: FileDiff, comments: number): string {
  const count = comments === 0 ? '' : `<span class="count">${comments}</span>`
  return `<li><a href="#${anchor(file.path)}">${escapeHtml(showHidden(file.path))}</a>${count}</li>`
}

function fileSection(file: FileDiff, comments: readonly PageComment[], content: PageContent): string {
  const skipped = content.skipped.find(({ path }) => path === file.path)
  const name =
    file.previousPath === undefined
      ? showHidden(file.path)
      : `${showHidden(file.previousPath)} → ${showHidden(file.path)}`
  const note =
    skipped === undefined ? '' : `<p class="skipped">Not reviewed: ${escapeHtml(skipped.reason)}</p>`
  const body =
    file.hunks.length === 0
      ? `<p class="empty">${file.binary ? 'Binary file' : 'No changed lines'}</p>`
      : diffTable(file, comments)
  return `<details class="file" id="${anchor(file.path)}" ${skipped === undefined ? 'open' : ''}>
<summary><span class="path">${escapeHtml(name)}</span> <span class="status">${file.status}</span> <span class="plus">+${file.additions}</span> <span class="minus">−${file.deletions}</span></summary>
${note}${body}
</details>`
}

function anchor(path: string): string {
  return `file-${encodeURIComponent(path).replaceAll("'", '%27')}`
}
