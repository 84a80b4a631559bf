import { addMilliseconds, fromInstant, type Instant } from '../../time/index.ts'
import type { SimulationLog } from '../simulation-log.ts'
import { DELIVERIES } from './processor-records.ts'

/** What may happen to a webhook on its way: `reorder` lets those of the next second pass, `delay` takes an hour. */
export type WebhookBehaviour = 'drop' | 'double' | 'delay' | 'reorder'

const DELAY_MS = 60 * 60 * 1000
const REORDER_MS = 1000
const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 60 * 60 * 1000
/** @see https://docs.stripe.com/webhooks: up to three days */
const GIVE_UP_MS = 3 * 24 * 60 * 60 * 1000

/** A webhook that is due. */
export interface DueDelivery {
  /** Id of the delivery. */
  readonly id: string
  /** PaymentAccount id. */
  readonly account: string
  /** The exact body, to be signed and sent. */
  readonly rawBody: string
}

/** One event and what happens to it on its way. */
export interface NewDelivery {
  readonly account: string
  readonly rawBody: string
  readonly behaviour: WebhookBehaviour | null
  readonly now: Instant
  readonly newId: () => string
}

/** Plans the sendings of an event: none when it is dropped, two when it is doubled. */
export function planDeliveries(log: SimulationLog, { account, rawBody, behaviour, now, newId }: NewDelivery): void {
  const waitMs = behaviour === 'delay' ? DELAY_MS : behaviour === 'reorder' ? REORDER_MS : 0
  const times = behaviour === 'drop' ? 0 : behaviour === 'double' ? 2 : 1
  const at = addMilliseconds(now, waitMs)
  for (let sent = 0; sent < times; sent += 1) {
    log.put(DELIVERIES, newId(), { account, rawBody, at, plannedAt: now, attempts: 0 }, 'due')
  }
}

/** The webhooks that are due, earliest first. */
export function dueDeliveries(log: SimulationLog, now: Instant): DueDelivery[] {
  return log
    .list(DELIVERIES, { tag: 'due' })
    .filter(({ document }) => document.at <= now)
    .sort((left, right) => compare(left.document.at, right.document.at) || left.seq - right.seq)
    .map(({ id, document: { account, rawBody } }) => ({ id, account, rawBody }))
}

/** Notes how a sending went; one that failed is due again later, twice as long each time, for three days. */
export function settleDelivery(log: SimulationLog, now: Instant, id: string, outcome: 'accepted' | 'failed'): void {
  log.transact(() => {
    const delivery = log.get(DELIVERIES, id)
    if (delivery === undefined) return
    const attempts = delivery.attempts + 1
    const at = addMilliseconds(now, Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS))
    const isTooOld = fromInstant(at) - fromInstant(delivery.plannedAt) > GIVE_UP_MS
    const tag = outcome === 'accepted' ? 'accepted' : isTooOld ? 'given_up' : 'due'
    log.put(DELIVERIES, id, { ...delivery, attempts, at }, tag)
  })
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
