import hljs from 'highlight.js'
import type { DiffHunk, DiffLine, FileDiff } from '../../../src/diff/file-diff.ts'
import { showHidden } from '../../../src/review/show-hidden.ts'
import { escapeHtml } from './html.ts'
import { markdownToHtml } from './markdown.ts'
import type { PageComment } from './page-content.ts'

const markers = { added: '+', deleted: '−', context: ' ' } as const

const languages: Record<string, string> = {
  ts: 'typescript',
  tsx: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  py: 'python',
  java: 'java',
  go: 'go',
  rs: 'rust',
  rb: 'ruby',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  kt: 'kotlin',
  php: 'php',
  sh: 'bash',
  yml: 'yaml',
  yaml: 'yaml',
  json: 'json',
  md: 'markdown',
  sql: 'sql',
  css: 'css',
  html: 'xml',
  xml: 'xml',
  toml: 'ini',
}

/** The hunks of a file as a table, each comment under the last line it speaks of. */
export function diffTable(file: FileDiff, comments: readonly PageComment[]): string {
  const language = languages[file.path.split('.').pop() ?? '']
  const rows = file.hunks.flatMap((hunk) => [
    hunkHeader(hunk),
    ...hunk.lines.flatMap((line) => [lineRow(line, language), ...commentsOn(line, comments)]),
  ])
  return `<table class="diff"><colgroup><col class="n"><col class="n"><col></colgroup>${rows.join('\n')}</table>`
}

function hunkHeader(hunk: DiffHunk): string {
  const range = `@@ −${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@ ${hunk.section}`
  return `<tr class="hunk"><td></td><td></td><td>${escapeHtml(range)}</td></tr>`
}

function lineRow(line: DiffLine, language: string | undefined): string {
  const old = 'oldLine' in line ? line.oldLine : ''
  const now = 'newLine' in line ? line.newLine : ''
  return `<tr class="${line.kind}"><td>${old}</td><td>${now}</td><td><span class="sign">${markers[line.kind]}</span>${highlighted(line.text, language)}</td></tr>`
}

function highlighted(text: string, language: string | undefined): string {
  const shown = showHidden(text)
  if (language === undefined || shown.length > 2000) return escapeHtml(shown)
  return hljs.highlight(shown, { language, ignoreIllegals: true }).value
}

function commentsOn(line: DiffLine, comments: readonly PageComment[]): string[] {
  return comments
    .filter((comment) =>
      comment.side === 'LEFT'
        ? line.kind === 'deleted' && line.oldLine === comment.line
        : line.kind !== 'deleted' && line.newLine === comment.line,
    )
    .map((comment) => `<tr class="talk"><td></td><td></td><td>${commentCard(comment)}</td></tr>`)
}

function commentCard(comment: PageComment): string {
  const range =
    comment.startLine === undefined ? `line ${comment.line}` : `lines ${comment.startLine} to ${comment.line}`
  return `<article class="comment"><header><span class="bot">ai-review</span> on ${range}</header>${markdownToHtml(comment.body)}</article>`
}
