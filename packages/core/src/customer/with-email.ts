import type { Scope, Storage, Stored } from '../ports/index.ts'
import { listBy } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { CustomerRecord } from './customer.ts'

/** Most addresses are of one or two records; only who is not among the first is looked for further. */
const PAGE = 20

/** The records of an e-mail address, lower case, a page at a time: accounts, and who waits to claim. */
export async function* withEmail(
  storage: Storage,
  scope: Scope,
  email: string,
): AsyncGenerator<Stored<CustomerRecord>> {
  let cursor: string | undefined
  do {
    const page = await listBy(storage, scope, customers, { index: 'email', equals: [email], limit: PAGE, cursor })
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** The record of an e-mail address that nobody has claimed, or null. Who takes it says so: `relyOn`, or `nameIn` for a cart. */
export async function unclaimedWith(
  storage: Storage,
  scope: Scope,
  email: string,
): Promise<Stored<CustomerRecord> | null> {
  for await (const person of withEmail(storage, scope, email)) if (person.body.hostId === null) return person
  return null
}
