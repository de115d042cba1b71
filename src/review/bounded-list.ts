/** Joins as many entries as fit into `most` characters; says how many do not. '' where there are none. */
export function boundedList(entries: readonly string[], most: number, separator = '\n'): string {
  const kept: string[] = []
  let room = most
  for (const entry of entries) {
    room -= entry.length + separator.length
    if (room < 0) break
    kept.push(entry)
  }
  const left = entries.length - kept.length
  if (left > 0) kept.push(`… and ${left.toLocaleString('en-US')} more, listed in findings.json.`)
  return kept.join(separator)
}
