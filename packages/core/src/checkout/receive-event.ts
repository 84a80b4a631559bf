import { BursarError } from '../errors/index.ts'
import { isStorable } from '../json/index.ts'
import {
  connectAccounts,
  type PaymentAccount,
  type PaymentEvent,
  paymentAccounts,
  paymentEvents,
  payments,
} from '../payment/index.ts'
import type { ProcessorEvent } from '../ports/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { byId, byKey, decide, enqueue, insert, type JobHandler, type JobOutcome, readAll } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { hearOfPayment } from './hear-of-payment.ts'

/** After so many tries, an event about a payment that nobody knows is set aside for a person. */
const MAXIMUM_TRIES = 12
/** Wait before the first repeat; it doubles, up to an hour. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60 * 60 * 1000
/** An id is no longer; what stands in an address can be anything. */
const LONGEST_ID = 64
/** When an event may be sent again that this process could not take, in seconds. */
const EVENT_AGAIN = 30

/**
 * Receives a processor's event: account, then signature on the raw bytes, then mode, then stored once; what it means is
 * asked of the processor afterwards. When this answers, it may be acknowledged, also for an event that was here before.
 * @throws BursarError `not_found` for an unknown account, `unavailable` where this process has not its processor, `bad_signature`
 */
export async function receiveEvent(
  ports: CheckoutPorts,
  accountId: string,
  rawBody: Uint8Array | (() => Promise<Uint8Array>),
  headers: { get(name: string): string | null },
): Promise<void> {
  if (accountId.length > LONGEST_ID || !isStorable(accountId)) throw new BursarError('not_found')
  const [connected] = await connectAccounts(ports, [accountId])
  if (connected === undefined) throw await notConnected(ports, accountId)
  const bytes = typeof rawBody === 'function' ? await rawBody() : rawBody
  const answer = await connected.processor.parseEvent(connected.account, bytes, headers)
  ports.step('w1_event_verified')
  if (answer.outcome === 'bad_signature') throw new BursarError('bad_signature')
  if (answer.outcome === 'ignored') {
    ports.logger.info('payment event ignored', { account: accountId, reason: answer.reason })
    return
  }
  if (await acceptEvent(ports, connected.record, answer.event)) ports.step('w2_event_stored')
}

/**
 * While a release is rolled out, a process of the old configuration gets events too: the processor is to send them again, and
 * some send nothing more to an address that answered 404.
 */
async function notConnected(ports: CheckoutPorts, accountId: string): Promise<BursarError> {
  const [account] = await readAll(ports.storage, SYSTEM_SCOPE, byId(paymentAccounts, accountId))
  if (account === null) return new BursarError('not_found')
  const { processor } = account.body
  ports.logger.warn('a payment event was not taken: no processor of this name is configured', {
    account: accountId,
    processor,
  })
  return new BursarError('unavailable', { retryAfter: EVENT_AGAIN })
}

/** Stores a genuine event once, with the job that acts on it; false for one of the other mode, which is ignored. */
export async function acceptEvent(
  ports: CheckoutPorts,
  { id, mode, operator }: PaymentAccount,
  event: ProcessorEvent,
): Promise<boolean> {
  if (event.mode !== mode) {
    ports.logger.warn('payment event of the other mode ignored', { account: id, event: event.eventId })
    return false
  }
  await storeEvent(ports, operator, id, event)
  return true
}

function storeEvent(ports: CheckoutPorts, operator: string, account: string, event: ProcessorEvent): Promise<void> {
  const id = `${account}:${event.eventId}`
  const record: PaymentEvent = {
    id,
    account,
    type: event.type,
    reference: event.reference,
    key: event.key ?? null,
    receivedAt: ports.runtime.now(),
  }
  const data = { account, eventId: event.eventId, reference: record.reference, key: record.key }
  return decide(ports, { operator }, async () => {
    const [known] = await readAll(ports.storage, { operator }, byId(paymentEvents, id))
    if (known !== null) return { answer: undefined }
    return {
      changes: [insert(paymentEvents, id, record), enqueue(ports.runtime, 'payment.event', id, data)],
      done: () => undefined,
    }
  })
}

/**
 * The job behind an event: finds its payment and brings it in step. One that comes before our own commit waits, and so
 * does one of which the processor does not say now what it means: nothing else would ask again.
 */
export function handleEventJob(ports: CheckoutPorts): JobHandler<'payment.event'> {
  return async (data, job) => {
    const scope = { operator: job.scope.operator }
    const payment = await findPayment(ports, scope, data)
    if (payment === 'none') return { outcome: 'done' }
    if (payment !== 'unknown') {
      const { isKnown } = await hearOfPayment(ports, scope, payment)
      if (!isKnown) return again(ports, job.attempt, 'the processor does not say how the payment stands')
      ports.step('w4_payment_committed')
      return { outcome: 'done' }
    }
    if (job.attempt >= MAXIMUM_TRIES) return { outcome: 'park', reason: 'no payment of ours has this reference' }
    return again(ports, job.attempt, 'no payment of ours has this reference yet')
  }
}

function again({ runtime }: CheckoutPorts, attempt: number, reason: string): JobOutcome {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt - 1, 20))
  return { outcome: 'again', runAt: addMilliseconds(runtime.now(), wait), reason }
}

async function findPayment(
  ports: CheckoutPorts,
  scope: { operator: string },
  data: { account: string; reference: string | null; key: string | null },
): Promise<string | 'none' | 'unknown'> {
  if (data.reference === null && data.key === null) return 'none'
  const [byReference, byOpenKey] = await readAll(
    ports.storage,
    scope,
    byKey(payments, 'reference', data.account, data.reference ?? ''),
    byKey(payments, 'openKey', data.key ?? ''),
  )
  const found = [byReference, byOpenKey].find((payment) => payment?.body.account === data.account)
  return found?.id ?? 'unknown'
}
