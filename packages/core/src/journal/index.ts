export { journal } from './journal.collection.ts'
export {
  ACCOUNTS,
  type Account,
  hasFailedMoney,
  type JournalCause,
  type JournalEntry,
  type JournalTransaction,
  type StreamHead,
} from './journal-transaction.ts'
export { EMPTY_STREAM, isIntact, recordTransaction, sumsByCurrency } from './record-transaction.ts'
