const proseFile = /\.(md|markdown|mdx|rst|adoc|asciidoc|txt)$/i
const start = /^<{7}( |\r?$)/
const end = /^>{7}( |\r?$)/

/**
 * Lines on which an unresolved merge conflict begins, or ends where its beginning was not added. Texts about Git
 * show such markers on purpose.
 */
export function findConflicts(path: string, added: ReadonlyMap<number, string>): readonly number[] {
  if (proseFile.test(path)) return []
  const found: number[] = []
  let isOpen = false
  for (const [line, text] of added) {
    if (start.test(text)) {
      found.push(line)
      isOpen = true
    } else if (end.test(text)) {
      if (!isOpen) found.push(line)
      isOpen = false
    }
  }
  return found
}
