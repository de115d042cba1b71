/** Longest line shown, in UTF-16 units: minified code would fill the prompt with one line. */
export const shownLineMax = 2000

/**
 * Characters that a reader does not see, or that change the order in which text is seen: controls, format
 * characters (bidirectional marks, tags, zero-width), separators, variation selectors 17 and up, blank letters.
 */
const unseen =
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{2800}\u{3164}\u{FFA0}\u{FE00}-\u{FE0E}\u{E0100}-\u{E01EF}]--[\t]]/gv

const escapeOf = (character: string): string =>
  `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`

/** Text with every unseen character written out as `⟦U+202E⟧`, on one line. */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(unseen, escapeOf)
}

/** True for a line that is too long to be shown whole. */
export function isClipped(text: string): boolean {
  return text.length > shownLineMax
}

/** A line of code as the model sees it: visible, without the carriage return of its line end, clipped with a mark. */
export function shownText(text: string): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  if (!isClipped(line)) return visibleText(line)
  return `${visibleText(line.slice(0, shownLineMax))} ⟦${line.length - shownLineMax} more characters not shown⟧`
}

/** A path or another name as one quoted word. */
export function shownName(name: string): string {
  return JSON.stringify(visibleText(name))
}
