/** Things that are under way at once. */
export interface ThingsUnderWay<Thing> {
  /** Takes one in, and gives what lets it go again; told once more that does nothing. */
  enter(thing: Thing): () => void
  all(): Thing[]
}

/**
 * Each has a place, which is used again. A `Set` would say the same, but what comes and goes makes V8 lay it out anew every few
 * requests; each layout that was left knows its successor, and once one is old, what stood in the later ones outlives the cheap
 * collections of young objects.
 */
export function thingsUnderWay<Thing extends object>(): ThingsUnderWay<Thing> {
  const places: (Thing | null)[] = []
  const free: number[] = []
  return {
    enter(thing) {
      const place = free.pop() ?? places.length
      places[place] = thing
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        places[place] = null
        free.push(place)
      }
    },
    all: () => places.filter((thing) => thing !== null),
  }
}
