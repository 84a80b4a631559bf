import { BursarError } from '@bursar/core'
import type { EndpointRouter } from './endpoint-router.ts'

/** A few hundred milliseconds of work: who comes when so many are before them would wait for longer than it takes to come again. */
const MAXIMUM = 500
/** Health is asked for most when there is the most to do. */
const UNCOUNTED = /\/health\/(live|ready)$/

/**
 * Answers so many requests at once and refuses what comes above, unread.
 * @throws `unavailable` from the router that it makes
 */
export function boundRequests(route: EndpointRouter, maximum: number = MAXIMUM): EndpointRouter {
  if (!Number.isInteger(maximum) || maximum < 1) {
    throw new RangeError(`maxInFlight must be a whole number from 1, not ${maximum}.`)
  }
  let inFlight = 0
  return async (context) => {
    if (inFlight >= maximum) {
      if (UNCOUNTED.test(new URL(context.request.url).pathname)) return route(context)
      const message = 'The shop has more to do than it can: try again in a moment.'
      throw new BursarError('unavailable', { message, reason: 'too_many_requests_at_once', retryAfter: 1 })
    }
    inFlight += 1
    try {
      return await route(context)
    } finally {
      inFlight -= 1
    }
  }
}
