import { ACCOUNTS, sumsByCurrency } from '../../journal/index.ts'
import { type Check, problemUnless } from '../check.ts'
import type { TransactionFacts } from '../record-facts.ts'

/** I1: the entries of a transaction sum to zero per currency, on declared accounts. */
export const journalBalance: Check<TransactionFacts> = {
  name: 'transactions balance',
  invariant: 'I1',
  find: ({ transaction: { id, entries } }) => [
    ...[...sumsByCurrency(entries)].flatMap(([currency, sum]) =>
      problemUnless(sum === 0, id, `the entries in ${currency} sum to ${sum}, not to 0`),
    ),
    ...entries.flatMap(({ account, amount }) => [
      ...problemUnless(ACCOUNTS.includes(account), id, `there is no account ${account}`),
      ...problemUnless(Number.isSafeInteger(amount) && amount !== 0, id, `an entry of ${amount} is none`),
    ]),
    ...problemUnless(entries.length >= 2, id, `${entries.length} entries are no transaction`),
  ],
}
