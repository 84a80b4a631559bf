import {
  type CustomerRecord,
  customers,
  nameIn,
  newCustomer,
  type Recipient,
  type RecipientInput,
  unclaimedWith,
} from '../customer/index.ts'
import type { Call, Change } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import type { CartPorts } from './cart-ports.ts'

/**
 * A recipient as the cart keeps it, and the record of a person not known yet, which ends with the carts that name it. The buyer
 * is the default and is not stored.
 */
export async function nameRecipient(
  ports: CartPorts,
  call: Call,
  cartId: string,
  input: RecipientInput | undefined,
): Promise<{ recipient: Recipient | undefined; changes: readonly Change[] }> {
  if (input === undefined || input.type === 'buyer') return { recipient: undefined, changes: [] }
  if (input.type === 'email') {
    // Claimed ones are left alone: a buyer must not learn who has an account.
    const known = await unclaimedWith(ports.storage, call.scope, input.email.toLowerCase())
    if (known !== null) {
      return { recipient: { type: 'claim', customerId: known.id }, changes: nameIn(known, { id: cartId }) }
    }
  }
  const made = newCustomer(
    ports.runtime,
    call.now,
    input.type === 'email'
      ? { email: input.email }
      : { links: [{ platform: input.platform, learnerId: input.learnerId }] },
  )
  const person: CustomerRecord = { ...made, namedIn: [cartId] }
  const type = input.type === 'email' ? 'claim' : 'customer'
  return { recipient: { type, customerId: person.id }, changes: [insert(customers, person.id, person)] }
}
