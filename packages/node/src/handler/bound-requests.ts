import { BursarError } from '@bursar/core'
import type { EndpointRouter } from './endpoint-router.ts'

/** A few hundred milliseconds of work: who comes when so many are before them would wait for longer than it takes to come again. */
const MAXIMUM = 500
/** Health is asked for most when there is the most to do. */
const UNCOUNTED = /\/health\/(live|ready)$/

/** Times as many as are answered at once may still be sending, or wait for others of theirs: what they have sent is kept. */
const ASIDE = 10

/**
 * Answers so many requests at once and refuses what comes above, unread. A request whose body is late does not count
 * until it has come, or a few hundred slow clients would close the shop; nor one that waits for others of its caller.
 * @throws `unavailable` from the router that it makes
 */
export function boundRequests(route: EndpointRouter, maximum: number = MAXIMUM): EndpointRouter {
  if (!Number.isInteger(maximum) || maximum < 1) {
    throw new RangeError(`maxInFlight must be a whole number from 1, not ${maximum}.`)
  }
  let inFlight = 0
  let waiting = 0
  const assertBelow = (count: number, bound: number) => {
    if (count < bound) return
    const message = 'The shop has more to do than it can: try again in a moment.'
    throw new BursarError('unavailable', { message, reason: 'too_many_requests_at_once', retryAfter: 1 })
  }
  const take = () => {
    assertBelow(inFlight, maximum)
    inFlight += 1
  }
  return async (context) => {
    if (inFlight >= maximum && UNCOUNTED.test(new URL(context.request.url).pathname)) return route(context)
    take()
    let isCounted = true
    const aside = async <T>(arrival: Promise<T>): Promise<T> => {
      if (await isThere(arrival)) return arrival
      assertBelow(waiting, ASIDE * maximum)
      inFlight -= 1
      isCounted = false
      waiting += 1
      const value = await arrival.finally(() => {
        waiting -= 1
      })
      take()
      isCounted = true
      return value
    }
    try {
      return await route({ ...context, aside })
    } finally {
      if (isCounted) inFlight -= 1
    }
  }
}

/** Has it come with the head of its request? Nearly all bodies have, and keep their place. */
function isThere(arrival: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setImmediate(resolve, false))
  const there = () => true
  return Promise.race([arrival.then(there, there), late])
}
