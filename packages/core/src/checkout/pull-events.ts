import { type ConnectedAccount, connectAccounts, eventCursors } from '../payment/index.ts'
import type { Change } from '../ports/index.ts'
import { byId, decide, enqueue, insert, type JobHandler, type JobOutcome, put, readAll } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { acceptEvent } from './receive-event.ts'

/** Wait between two pulls of an account, in milliseconds. A webhook comes in seconds; this is for those that were lost. */
const INTERVAL = 5 * 60 * 1000
/**
 * Pages in one go; what is left is pulled at once, by the job's next run. But where they brought no event, it waits: a cursor
 * that always moves would be followed without end.
 */
const MAXIMUM_PAGES = 20

/**
 * The job that pulls an account's events since the last time: a webhook that was lost, of a capture that failed late, of an
 * authorisation that lapsed, of a refund made elsewhere, comes in by this. Each event takes the webhooks' own way, once by
 * account and event id. The cursor moves after the events before it are stored. A processor that does not answer is asked again.
 */
export function pullEventsJob(ports: CheckoutPorts): JobHandler<'payment.pull'> {
  return async ({ account }, job) => {
    const [connected] = await connectAccounts(ports, [account])
    if (connected === undefined) return later(ports, 'the host has no processor of this account')
    const { operator } = job.scope
    let isFruitful = false
    for (let page = 1; page <= MAXIMUM_PAGES; page += 1) {
      const pulled = await pullPage(ports, connected, operator)
      if (pulled === 'no_answer') return later(ports, 'the processor did not answer')
      if (pulled === 'end') return { outcome: 'done' }
      isFruitful ||= pulled === 'events'
    }
    const reason = 'there are more events'
    return isFruitful ? { outcome: 'again', runAt: ports.runtime.now(), reason } : later(ports, reason)
  }
}

/** The next pull of an account; joins one that waits. */
export function nextPull({ runtime }: Pick<CheckoutPorts, 'runtime'>, account: string): Change {
  return enqueue(runtime, 'payment.pull', account, { account }, { runAt: addMilliseconds(runtime.now(), INTERVAL) })
}

async function pullPage(
  ports: CheckoutPorts,
  connected: ConnectedAccount,
  operator: string,
): Promise<'events' | 'empty' | 'end' | 'no_answer'> {
  const { id } = connected.record
  const [known] = await readAll(ports.storage, { operator }, byId(eventCursors, id))
  const since = known?.body.cursor ?? null
  const page = await connected.processor.listSince(connected.account, since).catch((error: unknown) => {
    ports.logger.warn('payment events could not be pulled', { account: id, reason: String(error) })
    return null
  })
  if (page === null) return 'no_answer'
  for (const event of page.events) await acceptEvent(ports, connected.record, event)
  const isEnd = page.cursor === since
  const body = { id, cursor: page.cursor, pulledAt: ports.runtime.now() }
  await decide(ports, { operator }, async () => {
    const [stored] = await readAll(ports.storage, { operator }, byId(eventCursors, id))
    // Another worker was here meanwhile: what it has seen is kept, and ours is seen again.
    const isOurs = (stored?.version ?? 0) === (known?.version ?? 0)
    const next = isEnd ? [nextPull(ports, id)] : []
    if (!isOurs) return next.length === 0 ? { answer: undefined } : { changes: next, done: () => undefined }
    const change = stored === null ? insert(eventCursors, id, body) : put(eventCursors, stored, body)
    return { changes: [change, ...next], done: () => undefined }
  })
  if (isEnd) return 'end'
  return page.events.length > 0 ? 'events' : 'empty'
}

const later = (ports: CheckoutPorts, reason: string): JobOutcome => ({
  outcome: 'again',
  runAt: addMilliseconds(ports.runtime.now(), INTERVAL),
  reason,
})
