import type { Scope, Storage } from '../ports/index.ts'
import { listBy } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'

/** Most addresses are of one or two records; only who is not among the first is looked for further. */
const PAGE = 20

/** The records of an e-mail address, lower case, a page at a time: accounts, and who waits to claim. */
export async function* withEmail(storage: Storage, scope: Scope, email: string): AsyncGenerator<Customer> {
  let cursor: string | undefined
  do {
    const page = await listBy(storage, scope, customers, { index: 'email', equals: [email], limit: PAGE, cursor })
    for (const { body } of page.items) yield body
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** The record of an e-mail address that nobody has claimed, or null. */
export async function unclaimedWith(storage: Storage, scope: Scope, email: string): Promise<Customer | null> {
  for await (const person of withEmail(storage, scope, email)) if (person.hostId === null) return person
  return null
}
