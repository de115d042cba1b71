/** At most so many of the items, chosen evenly, so that a long history is seen in all its parts. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items
  const chosen = new Set(
    Array.from({ length: most }, (_, index) => Math.floor((index * items.length) / most)),
  )
  return items.filter((_, index) => chosen.has(index))
}
