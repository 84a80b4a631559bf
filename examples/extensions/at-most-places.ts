import type { Guard } from '@bursar/core'

/** A guard: a cart holds at most so many places in all; who wants more is asked to write. */
export const atMostPlaces = (places: number): Guard => ({
  name: 'at_most_places',
  at: 'cart',
  check({ cart }) {
    const all = cart.lines.reduce((sum, { quantity = 1 }) => sum + quantity, 0)
    return all <= places ? null : `At most ${places} places at once: write to us for more.`
  },
})
