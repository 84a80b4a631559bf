import type { Collection } from '../ports/index.ts'
import type { JournalTransaction } from './journal-transaction.ts'

/** The journal of an operator. */
export const journal: Collection<JournalTransaction> = {
  name: 'journal',
  of: 'operator',
  appendOnly: true,
  columns: {
    stream: (transaction) => transaction.stream,
    seq: (transaction) => transaction.seq,
    seller: (transaction) => transaction.seller,
    recordedAt: (transaction) => transaction.recordedAt,
    occurredAt: (transaction) => transaction.occurredAt,
  },
  numbers: ['seq'],
  unique: { place: ['stream', 'seq'] },
  indexes: {
    stream: ['stream', 'seq'],
    recorded: ['seller', 'recordedAt'],
    occurred: ['seller', 'occurredAt'],
    recordedAt: ['recordedAt'],
  },
}
