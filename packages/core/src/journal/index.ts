export {
  type Account,
  ACCOUNTS,
  type JournalCause,
  type JournalEntry,
  type JournalTransaction,
  type StreamHead,
} from './journal-transaction.ts'
export { journal } from './journal.collection.ts'
export { EMPTY_STREAM, isIntact, recordTransaction, sumsByCurrency } from './record-transaction.ts'
