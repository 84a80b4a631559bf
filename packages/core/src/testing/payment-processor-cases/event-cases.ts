import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  type EventToSign,
  openApproved,
  type PaymentProcessorBench,
  type SignedRequest,
} from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

const NO_HEADERS = { get: () => null }

/** Webhooks and the list of events. */
export const eventCases: readonly PaymentProcessorCase[] = [
  {
    name: 'a genuine event is read',
    needs: ['signEvent'],
    async run(bench) {
      const { event } = expectOutcome(await parse(bench, await sign(bench)), 'event', 'parseEvent')
      expectSame([event.reference, event.mode], ['ref-1', 'test'], 'the event')
      expectThat(event.eventId.length > 0, 'it has an id')
    },
  },
  {
    name: 'an event that is delivered again is the same event',
    needs: ['signEvent'],
    async run(bench) {
      const signed = await sign(bench)
      const first = expectOutcome(await parse(bench, signed), 'event', 'parseEvent')
      expectSame(await parse(bench, signed), first, 'the repeated call')
    },
  },
  {
    name: 'a body of which one byte was changed is refused, also where it means the same',
    needs: ['signEvent'],
    async run(bench) {
      const { rawBody, headers } = await sign(bench)
      const text = new TextDecoder().decode(rawBody)
      for (const changed of [text.replace('ref-1', 'ref-2'), `${text} `, text.replace('{', '{ ')]) {
        expectThat(changed !== text, 'the body was changed')
        const answer = await parse(bench, { rawBody: new TextEncoder().encode(changed), headers })
        expectOutcome(answer, 'bad_signature', changed)
      }
    },
  },
  {
    name: 'an event without a signature is refused',
    needs: ['signEvent'],
    async run(bench) {
      const { rawBody } = await sign(bench)
      expectOutcome(await parse(bench, { rawBody, headers: NO_HEADERS }), 'bad_signature', 'parseEvent')
    },
  },
  {
    name: 'a signature of ten minutes ago is refused, and so is one of the future',
    needs: ['signEvent'],
    async run(bench) {
      expectOutcome(await parse(bench, await sign(bench, { ageSeconds: 600 })), 'bad_signature', 'an old one')
      expectOutcome(await parse(bench, await sign(bench, { ageSeconds: -600 })), 'bad_signature', 'one of the future')
    },
  },
  {
    name: 'an event signed with the secret of another account is refused',
    needs: ['signEvent', 'otherAccount'],
    async run(bench) {
      const signed = await sign(bench, { signedBy: bench.otherAccount ?? bench.account })
      expectOutcome(await parse(bench, signed), 'bad_signature', 'parseEvent')
    },
  },
  {
    name: 'an event about another account is refused, even where both have one secret',
    needs: ['signEvent', 'otherAccount'],
    async run(bench) {
      const signed = await sign(bench, { about: bench.otherAccount ?? bench.account })
      expectOutcome(await parse(bench, signed), 'bad_signature', 'parseEvent')
    },
  },
  {
    name: 'a live event is ignored by a test account',
    needs: ['signEvent'],
    async run(bench) {
      expectOutcome(await parse(bench, await sign(bench, { mode: 'live' })), 'ignored', 'parseEvent')
    },
  },
  {
    name: 'rubbish is no event, and does not throw',
    needs: [],
    async run(bench) {
      const bodies = [[], [0xff, 0xfe], [0x7b], Array.from(new TextEncoder().encode('{"id":null}'))]
      for (const bytes of bodies) {
        const answer = await parse(bench, { rawBody: Uint8Array.from(bytes), headers: NO_HEADERS })
        expectThat(answer.outcome !== 'event', `no event, found ${answer.outcome}`)
      }
    },
  },
  {
    name: 'events are listed once each, from a cursor on',
    needs: ['approve', 'listsEvents'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const first = await bench.processor.listSince(bench.account, null)
      expectThat(
        first.events.some((event) => event.reference === reference),
        'the payment has an event',
      )
      const { reference: later } = await openApproved(bench, { key: 'key-open-2' })
      const second = await bench.processor.listSince(bench.account, first.cursor)
      expectThat(second.events.length > 0, 'the second payment has events')
      expectThat(
        second.events.every((event) => event.reference === later),
        'only what is new is listed',
      )
      const third = await bench.processor.listSince(bench.account, second.cursor)
      expectSame(third, { events: [], cursor: second.cursor }, 'nothing new')
      const ids = [...first.events, ...second.events].map(({ eventId }) => eventId)
      expectSame(new Set(ids).size, ids.length, 'distinct ids')
    },
  },
  {
    name: 'the events of one account are not listed for another',
    needs: ['approve', 'listsEvents', 'otherAccount'],
    async run(bench) {
      await openApproved(bench)
      const listed = await bench.processor.listSince(bench.otherAccount ?? bench.account, null)
      expectSame(listed.events, [], 'events of the other account')
    },
  },
]

async function sign(bench: PaymentProcessorBench, own: Partial<EventToSign> = {}): Promise<SignedRequest> {
  expectThat(bench.signEvent !== undefined, 'the case must need signEvent')
  const { account } = bench
  return bench.signEvent({ signedBy: account, about: account, mode: 'test', reference: 'ref-1', ageSeconds: 0, ...own })
}

function parse(bench: PaymentProcessorBench, { rawBody, headers }: SignedRequest) {
  return bench.processor.parseEvent(bench.account, rawBody, headers)
}
