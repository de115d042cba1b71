/** Words by which people let a change pass. */
const approval =
  /\b(?:lgtm|looks? (?:really |very )?(?:good|great|fine)(?: to me)?|ship it|approv(?:e|ed|ing)|r(?:eviewed)?-?by:|good to (?:go|merge)|ready to merge)\b|(?:^|\s)\+[12](?=\s|[.!]|$)|👍|:shipit:|:\+1:/iu

/** A name so short is more often a word. */
const shortestName = 4

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** True for a body that approves, or that names the person in whose style it is written: it speaks for nobody. */
export function speaksOutOfTurn(body: string, names: readonly string[]): boolean {
  if (approval.test(body)) return true
  return names
    .filter((name) => name.length >= shortestName)
    .some((name) => new RegExp(`(?<![\\p{L}\\p{N}_])@?${escaped(name)}(?![\\p{L}\\p{N}_])`, 'iu').test(body))
}
