import type { FulfilmentProvider, Json } from '@bursar/core'

const LONGEST_TEXT = 2000

/**
 * Delivery by a person: a parcel, a lesson, a place in a room. Target: free text that tells what to do, 1 to 2,000
 * characters. A delivery and a withdrawal are pending until an operator marks them in Bursar, which alone keeps that;
 * here every repeat answers the same.
 */
export function manualDelivery(): FulfilmentProvider {
  return {
    kind: 'manual',
    checkTarget,
    async deliver({ target }) {
      const complaint = checkTarget(target)
      return complaint === null
        ? { outcome: 'pending' }
        : { outcome: 'refused', reason: `target_invalid: ${complaint}` }
    },
    async withdraw() {
      return { outcome: 'pending' }
    },
    async status() {
      return { outcome: 'pending' }
    },
  }
}

function checkTarget(target: Json): string | null {
  const isText = typeof target === 'string' && target.trim() !== '' && target.length <= LONGEST_TEXT
  return isText ? null : `The target is a text of 1 to ${LONGEST_TEXT} characters that tells what to do.`
}
