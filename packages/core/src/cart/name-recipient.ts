import {
  type Customer,
  type CustomerRecord,
  customers,
  nameIn,
  newCustomer,
  newWaiting,
  type Recipient,
  type RecipientInput,
  unclaimedWith,
} from '../customer/index.ts'
import type { Call, Change } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import type { CartPorts } from './cart-ports.ts'

/** A recipient as the cart keeps it, and what is stored with it. */
export interface NamedRecipient {
  /** Who was named; the buyer is the default and is not stored. */
  readonly recipient: Recipient | undefined
  /** Who was named by their id at a platform. */
  readonly learner: Customer | null
  /** The record of a person not known yet, which ends with the carts that name it. */
  readonly changes: readonly Change[]
}

/** Who gets a line of a cart. */
export async function nameRecipient(
  ports: CartPorts,
  call: Call,
  cartId: string,
  input: RecipientInput | undefined,
): Promise<NamedRecipient> {
  if (input === undefined || input.type === 'buyer') return NOBODY
  if (input.type === 'email') {
    // Claimed ones are left alone: a buyer must not learn who has an account.
    const known = await unclaimedWith(ports.storage, call.scope, input.email.toLowerCase())
    if (known !== null) {
      const recipient = { type: 'claim', customerId: known.id } as const
      return { ...NOBODY, recipient, changes: nameIn(known, { id: cartId }) }
    }
  }
  const { runtime } = ports
  const made =
    input.type === 'email'
      ? newWaiting(runtime, call.now, { email: input.email })
      : newCustomer(runtime, call.now, { links: [{ platform: input.platform, learnerId: input.learnerId }] })
  const person: CustomerRecord = { ...made, namedIn: [cartId] }
  const isLearner = input.type === 'learner'
  return {
    recipient: { type: isLearner ? 'customer' : 'claim', customerId: person.id },
    learner: isLearner ? person : null,
    changes: [insert(customers, person.id, person)],
  }
}

const NOBODY: NamedRecipient = { recipient: undefined, learner: null, changes: [] }
