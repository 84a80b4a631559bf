import { BursarError } from '@bursar/core'
import type { EndpointRouter } from './endpoint-router.ts'

/** A few hundred milliseconds of work: who comes when so many are before them would wait for longer than it takes to come again. */
const MAXIMUM = 500
/** Health is asked for most when there is the most to do. */
const UNCOUNTED = /\/health\/(live|ready)$/

/**
 * Answers so many requests at once and refuses what comes above, unread. A request whose body is still on its way has
 * nothing done for it: it does not count, or a few hundred slow clients would close the shop.
 * @throws `unavailable` from the router that it makes
 */
export function boundRequests(route: EndpointRouter, maximum: number = MAXIMUM): EndpointRouter {
  if (!Number.isInteger(maximum) || maximum < 1) {
    throw new RangeError(`maxInFlight must be a whole number from 1, not ${maximum}.`)
  }
  let inFlight = 0
  const take = () => {
    if (inFlight >= maximum) {
      const message = 'The shop has more to do than it can: try again in a moment.'
      throw new BursarError('unavailable', { message, reason: 'too_many_requests_at_once', retryAfter: 1 })
    }
    inFlight += 1
  }
  return async (context) => {
    if (inFlight >= maximum && UNCOUNTED.test(new URL(context.request.url).pathname)) return route(context)
    take()
    let isCounted = true
    const arrived = async <T>(arrival: Promise<T>): Promise<T> => {
      inFlight -= 1
      isCounted = false
      const value = await arrival
      take()
      isCounted = true
      return value
    }
    try {
      return await route({ ...context, arrived })
    } finally {
      if (isCounted) inFlight -= 1
    }
  }
}
