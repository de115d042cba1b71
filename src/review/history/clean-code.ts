import { visibleText } from '../visible-text.ts'
import { withoutMail } from './without-people.ts'

/** Code beside a comment, without credentials and addresses of mail; what is hidden is shown. Cut at whole lines. */
export function cleanCode(code: string, most: number): string {
  const shown = withoutMail(visibleText(code))
  if (shown.length <= most) return shown
  const end = shown.lastIndexOf('\n', most)
  return shown.slice(0, Math.max(0, end))
}

/** The same, cut at its beginning: a hunk ends on the line that was commented, and its header stays. */
export function cleanHunk(hunk: string, most: number): string {
  const shown = withoutMail(visibleText(hunk))
  if (shown.length <= most) return shown
  const [header = '', ...lines] = shown.split('\n')
  const kept: string[] = []
  let room = most - header.length - 1
  for (const line of lines.toReversed()) {
    room -= line.length + 1
    if (room < 0) break
    kept.unshift(line)
  }
  return header.length > most ? '' : [header, ...kept].join('\n')
}
