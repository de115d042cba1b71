import { counted, numeral } from './counts.ts'

/** How an item is told: with all that is known of it, or in one line. */
export type EntryLength = 'full' | 'brief'

interface Room {
  /** Characters, separators and closing sentences included. */
  readonly most: number
  /** Where the texts that find no room here are, as the end of a sentence. */
  readonly elsewhere: string
}

const separator = '\n\n'
/** Kept for the sentences that say what is left out. */
const closing = 250

/**
 * As many items as fit. Each gets its one line before any gets more; then the room that is left goes to whole texts, in
 * the order of the items. Says how many are shortened, and how many are left out. '' where there are none.
 */
export function fairList<Item>(
  items: readonly Item[],
  render: (item: Item, length: EntryLength) => string,
  { most, elsewhere }: Room,
): string {
  const entries: string[] = []
  let room = most - closing
  for (const item of items) {
    const brief = render(item, 'brief')
    room -= brief.length + separator.length
    if (room < 0) break
    entries.push(brief)
  }
  const left = items.length - entries.length
  let shortened = 0
  items.slice(0, entries.length).forEach((item, index) => {
    const brief = entries[index] ?? ''
    const full = render(item, 'full')
    const more = full.length - brief.length
    if (more > room) {
      shortened += 1
      return
    }
    room -= more
    entries[index] = full
  })
  if (shortened > 0) {
    const [verb, whole] = shortened === 1 ? ['is', 'its whole text is'] : ['are', 'their whole texts are']
    entries.push(`${counted(shortened, 'text')} ${verb} left out here; ${whole} in ${elsewhere}.`)
  }
  if (left > 0) entries.push(`… and ${numeral(left)} more, listed in findings.json.`)
  return entries.join(separator)
}
