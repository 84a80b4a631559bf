import { type Check, problemUnless } from '../check.ts'
import type { EventFacts } from '../record-facts.ts'

/** I11: each event of a processor is stored once, under its account and id, so that it is applied once. */
export const eventsOnce: Check<EventFacts> = {
  name: 'events of processors are stored once',
  invariant: 'I11',
  find: ({ id, event, isOwnAccount }) => [
    ...problemUnless(
      id === event.id && id.startsWith(`${event.account}:`) && id.length > event.account.length + 1,
      id,
      `is the event ${event.id} of the account ${event.account}: it could be stored twice`,
    ),
    ...problemUnless(isOwnAccount, id, `is of the account ${event.account}, which is none of the operator's`).map(
      (problem) => ({ ...problem, invariant: 'I13' }),
    ),
  ],
}
