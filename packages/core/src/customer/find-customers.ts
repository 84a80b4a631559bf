import type { Call, Storage } from '../ports/index.ts'
import { listPage, type PageAnswer, type PageAsked, type VersionedRecord } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'
import { customerView } from './named-in.ts'

/**
 * The operator's customer records with exactly this e-mail address, by id: those with an account, and those of guests and
 * of people whom somebody named as recipient. Blanks around it and capitals make no difference.
 */
export async function findCustomers(
  ports: { storage: Storage },
  call: Call,
  { email, ...page }: PageAsked & { email: string },
): Promise<PageAnswer<VersionedRecord<Customer>>> {
  const query = { index: 'email', equals: [email.trim().toLowerCase()], page }
  const { items, nextCursor } = await listPage(ports.storage, call.scope, customers, query)
  return { items: items.map(({ body, version }) => ({ record: customerView(body), version })), nextCursor }
}
