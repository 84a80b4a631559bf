import { hashOf } from '../../ids/index.ts'
import { EMPTY_STREAM, isIntact, type StreamHead } from '../../journal/index.ts'
import { type Check, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I2: nothing in the order's streams was changed, left out or put in: hashes, places, and the heads that the order keeps. */
export const journalChain: Check<OrderFacts> = {
  name: 'journal and events unchanged',
  invariant: 'I2',
  find: (facts) => [...journalProblems(facts), ...eventProblems(facts)],
}

function journalProblems({ order, journal }: OrderFacts): Problem[] {
  const problems: Problem[] = []
  let head: StreamHead = EMPTY_STREAM
  for (const transaction of journal) {
    const { id, seq, hash, previousHash } = transaction
    problems.push(
      ...problemUnless(seq === head.seq + 1, id, `place ${seq} of the stream follows ${head.seq}`),
      ...problemUnless(previousHash === head.hash, id, 'does not name the hash of the one before it'),
      ...problemUnless(isIntact(transaction), id, 'its hash is not that of its members: it was changed'),
    )
    head = { seq, hash }
  }
  return [...problems, ...headProblems('journal', order.id, order.journal, head)]
}

function eventProblems({ order, events }: OrderFacts): Problem[] {
  const problems: Problem[] = []
  let head: StreamHead = EMPTY_STREAM
  for (const event of events) {
    problems.push(...problemUnless(event.seq === head.seq + 1, event.id, `event ${event.seq} follows ${head.seq}`))
    head = { seq: event.seq, hash: hashOf({ previous: head.hash, event }) }
  }
  return [...problems, ...headProblems('events', order.id, order.events, head)]
}

function headProblems(stream: string, order: string, kept: StreamHead, found: StreamHead): Problem[] {
  if (kept.seq !== found.seq) {
    return [{ record: order, message: `its ${stream} end at ${kept.seq}, the stream at ${found.seq}` }]
  }
  return problemUnless(kept.hash === found.hash, order, `the head of its ${stream} is not the stream's`)
}
