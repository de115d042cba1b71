import { visibleText } from '../visible-text.ts'
import { withoutMail } from './without-people.ts'

/** Lines from the middle of a key, whose first line stands further up: more than one of base64 alone, and a shorter last. */
const keyLines =
  /^[ +-]?[ \t]{0,40}[A-Za-z\d+/]{60,76}={0,2}(?:\n[ +-]?[ \t]{0,40}[A-Za-z\d+/]{60,76}={0,2})+(?:\n[ +-]?[ \t]{0,40}[A-Za-z\d+/]{4,75}={0,2}$)?/gm

/** True for a path that can be told as it is: it hides nothing and holds no credential. */
export function isPlainPath(path: string): boolean {
  return visibleText(path) === path
}

function withoutSecrets(code: string): string {
  const shown = visibleText(code).replace(keyLines, (lines) =>
    lines.replace(/[A-Za-z\d+/=]{4,80}$/gm, '[redacted]'),
  )
  return withoutMail(shown)
}

/** Code beside a comment, without credentials and addresses of mail; what is hidden is shown. Cut at whole lines. */
export function cleanCode(code: string, most: number): string {
  const shown = withoutSecrets(code)
  if (shown.length <= most) return shown
  const end = shown.lastIndexOf('\n', most)
  return shown.slice(0, Math.max(0, end))
}

/** The same, cut at its beginning: a hunk ends on the line that was commented, and its header stays. */
export function cleanHunk(hunk: string, most: number): string {
  const shown = withoutSecrets(hunk)
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
