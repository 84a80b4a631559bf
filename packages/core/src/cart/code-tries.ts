import { BursarError } from '../errors/index.ts'
import type { Call, Change, HoldRecord, Stored } from '../ports/index.ts'
import { addMilliseconds, fromInstant } from '../time/index.ts'
import type { CartPorts } from './cart-ports.ts'

/** So many wrong codes a customer, or a cart of nobody, may try … */
export const MAXIMUM_TRIES = 10
/** … within so many milliseconds: ten minutes. */
const TRIES_COUNT_FOR = 10 * 60 * 1000

/** The counter of the tries of a customer, or of a cart of nobody. */
export const triesCounter = (customerId: string | null, cartId: string): string => `tries:${customerId ?? cartId}`

/** One of them. A hold counts once, however often it is taken. */
export function oneTry(call: Call, { counter, hold }: { counter: string; hold: string }): Change {
  const due = addMilliseconds(call.now, TRIES_COUNT_FOR)
  return { do: 'hold', counter, hold, n: 1, limit: MAXIMUM_TRIES, due }
}

/** Proves that a try is free, and takes none. */
export const freeTry = (counter: string): Change => ({ do: 'checkLimit', counter, n: 1, limit: MAXIMUM_TRIES })

/** One code that is tried. */
export interface CodeTry {
  /** Takes one of the tries, before anything about the code is known. Again in the same call, it does nothing. @throws BursarError `rate_limited` */
  begin(customerId: string | null): Promise<void>
  /** Gives the try back with the commit that accepts the code; with the first one, for only it surely has it still. */
  end(): readonly Change[]
  /** Gives the try back, if no commit did: the code was right, or the call failed for another reason. */
  giveBack(after: 'accepted' | 'failed'): Promise<void>
}

/**
 * A try that is taken before the code is looked at and given back with the commit that accepts it. Tries are holds, which count
 * for ten minutes.
 */
export function codeTry(ports: Pick<CartPorts, 'storage' | 'runtime'>, call: Call, cartId: string): CodeTry {
  const hold = ports.runtime.newId('hld')
  let counter: string | null = null
  let commits = 0
  const release = (): readonly Change[] => (counter === null ? [] : [{ do: 'releaseHold', counter, hold }])
  return {
    async begin(customerId) {
      if (counter !== null) return
      const name = triesCounter(customerId, cartId)
      await take(ports, call, { counter: name, hold })
      counter = name
    },
    end() {
      commits += 1
      return commits === 1 ? release() : []
    },
    async giveBack(after) {
      if (counter === null || (after === 'accepted' && commits === 1)) return
      await ports.storage.commit(call.scope, release()).catch(() => {}) // it ends by itself
    },
  }
}

async function take(
  ports: Pick<CartPorts, 'storage'>,
  call: Call,
  { counter, hold }: { counter: string; hold: string },
): Promise<void> {
  const change = oneTry(call, { counter, hold })
  if ((await ports.storage.commit(call.scope, [change])).outcome === 'committed') return
  const tries = await triesOf(ports, call, counter)
  const over = tries.filter((one) => one.due <= call.now)
  const first = tries.map((one) => one.due).sort()[0] ?? call.now
  if (over.length === 0) throw tooMany(call, first)
  const released = over.map((one): Change => ({ do: 'releaseHold', counter, hold: one.hold }))
  const again = await ports.storage.commit(call.scope, [...released, change])
  // Somebody else has taken the place, or has given these back already.
  if (again.outcome === 'conflict') throw tooMany(call, call.now)
}

async function triesOf({ storage }: Pick<CartPorts, 'storage'>, call: Call, counter: string): Promise<HoldRecord[]> {
  const query = { in: 'holds', index: 'counter', equals: [counter], limit: MAXIMUM_TRIES }
  const { items } = await storage.list(call.scope, query)
  return items.map((item) => (item as unknown as Stored<HoldRecord>).body) // what stands in `holds`
}

function tooMany(call: Call, until: string): BursarError {
  const seconds = Math.ceil((fromInstant(until) - fromInstant(call.now)) / 1000)
  return new BursarError('rate_limited', { reason: 'codes', retryAfter: Math.max(1, seconds) })
}
