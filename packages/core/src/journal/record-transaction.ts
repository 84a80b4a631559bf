import { hashOf } from '../ids/index.ts'
import type { Change } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import { journal } from './journal.collection.ts'
import type { JournalTransaction, StreamHead } from './journal-transaction.ts'

/** The head of a stream that has nothing in it. */
export const EMPTY_STREAM: StreamHead = { seq: 0, hash: '' }

/**
 * Adds a transaction to its stream: answers the new head, which the stream's owner keeps, and the change to commit with it.
 * @throws RangeError when the entries do not sum to zero per currency, or one is zero: such a transaction must never be stored.
 */
export function recordTransaction(
  head: StreamHead,
  transaction: Omit<JournalTransaction, 'id' | 'seq' | 'previousHash' | 'hash'>,
): { head: StreamHead; change: Change; transaction: JournalTransaction } {
  assertBalanced(transaction.entries)
  const seq = head.seq + 1
  const unsigned = { ...transaction, id: `${transaction.stream}:${seq}`, seq, previousHash: head.hash }
  const hash = hashOf(unsigned)
  const record: JournalTransaction = { ...unsigned, hash }
  return { head: { seq, hash }, change: insert(journal, record.id, record), transaction: record }
}

/** Is this transaction's hash that of its other members? */
export function isIntact(transaction: JournalTransaction): boolean {
  const { hash, ...unsigned } = transaction
  return hashOf(unsigned) === hash
}

/** Sums of the entries by currency; all zero in a sound transaction. */
export function sumsByCurrency(entries: JournalTransaction['entries']): Map<string, number> {
  const sums = new Map<string, number>()
  for (const entry of entries) sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + entry.amount)
  return sums
}

function assertBalanced(entries: JournalTransaction['entries']): void {
  for (const [currency, sum] of sumsByCurrency(entries)) {
    if (sum !== 0) throw new RangeError(`journal: the entries in ${currency} sum to ${sum}, not to 0`)
  }
  if (entries.length < 2 || entries.some((entry) => entry.amount === 0 || !Number.isSafeInteger(entry.amount))) {
    throw new RangeError('journal: a transaction has two or more entries, each a safe integer other than 0')
  }
}
