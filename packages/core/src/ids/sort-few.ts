/** More than this are few and far between. */
const FEW = 24

/**
 * Sorts in place, and keeps the order of those for which `compare` answers 0; where it never does, no two may be equal.
 * `sort` copies a list twice, which is most of the time and memory of one that is short.
 */
export function sortFew<Item>(items: Item[], compare: (left: Item, right: Item) => number): Item[] {
  if (items.length > FEW) return items.sort(compare)
  for (let place = 1; place < items.length; place += 1) {
    const item = items[place] as Item // there is one at each place below the length
    let at = place
    for (; at > 0; at -= 1) {
      const before = items[at - 1] as Item
      if (compare(before, item) <= 0) break
      items[at] = before
    }
    items[at] = item
  }
  return items
}
