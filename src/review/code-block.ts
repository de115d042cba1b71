import { withoutMarks } from './marker.ts'
import { visibleLine } from './visible-text.ts'

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
}

/** A fenced block that its content cannot end: the fence is longer than any run of backticks in it. */
export function codeBlock(text: string, language: string): string {
  const content = withoutMarks(text)
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}${language}\n${content}${content === '' || content.endsWith('\n') ? '' : '\n'}${fence}`
}

/** An untrusted name (a path, a rule) as one code span. */
export function codeSpan(name: string): string {
  const shown = withoutMarks(visibleLine(name))
  const fence = '`'.repeat(longestRun(shown) + 1)
  const padding = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : ''
  return `${fence}${padding}${shown}${padding}${fence}`
}
