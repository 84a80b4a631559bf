import { type Check, problemUnless } from '../check.ts'
import type { CartPeopleFacts } from '../record-facts.ts'

/** I13: whose a cart is and whom its lines name are customers of the operator. */
export const peopleOfCarts: Check<CartPeopleFacts> = {
  name: 'carts name people who are there',
  invariant: 'I13',
  find: ({ cartId, people, known }) =>
    people.flatMap((id) =>
      problemUnless(known.has(id), cartId, `names the customer ${id}, who is none of the operator's`),
    ),
}
