interface Bounds {
  /** Characters, separators included. */
  readonly most: number
  readonly separator?: string
}

/**
 * Renders and joins as many items as fit; says how many do not. '' where there are none. What does not fit is not
 * rendered: an answer with ten thousand findings costs no more than the page it fills.
 */
export function boundedList<Item>(
  items: readonly Item[],
  render: (item: Item) => string,
  { most, separator = '\n' }: Bounds,
): string {
  const kept: string[] = []
  let room = most
  for (const item of items) {
    const entry = render(item)
    room -= entry.length + separator.length
    if (room < 0) break
    kept.push(entry)
  }
  const left = items.length - kept.length
  const list = kept.join(separator)
  if (left === 0) return list
  const more = `… and ${left.toLocaleString('en-US')} more, listed in findings.json`
  const told = kept.length === 0 ? [] : [list]
  // Below a list of lines it is a paragraph of its own: on the next line it would belong to the last item.
  return separator === '\n' ? [...told, `${more}.`].join('\n\n') : [...told, more].join(separator)
}
