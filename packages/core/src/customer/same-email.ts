import type { Scope, Storage } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'

/**
 * Ids of the operator's other customer records with this one's e-mail, at this moment; null of one that was erased, for
 * its e-mail is gone and nobody knows any more. That somebody typed an e-mail does not prove whose a record is.
 */
export async function sameEmail(
  storage: Storage,
  scope: Scope,
  { id, email, erasedAt }: Pick<Customer, 'id' | 'email' | 'erasedAt'>,
): Promise<readonly string[] | null> {
  if (erasedAt !== null) return null
  if (email === null) return []
  const found = await listAll(storage, scope, customers, { index: 'email', equals: [email] })
  return found.map((record) => record.id).filter((other) => other !== id)
}
