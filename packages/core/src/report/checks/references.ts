import { peopleNamed } from '../../cart/index.ts'
import { type Check, openCase, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I13: what belongs to an order names its site, and all that it names is the operator's own. */
export const references: Check<OrderFacts> = {
  name: 'nothing crosses operators or sites',
  invariant: 'I13',
  find: (facts) => [...siteProblems(facts), ...ownProblems(facts), ...takenByOthers(facts)],
}

function siteProblems({ site, payments, grants, entitlements, journal, events }: OrderFacts): Problem[] {
  const named = [
    ...[...payments, ...grants, ...journal, ...events].map((record) => ({ id: record.id, of: record.site })),
    ...entitlements.map(({ id, source }) => ({ id, of: source.site })),
  ]
  return named.flatMap(({ id, of }) =>
    problemUnless(of === site.id, id, `names the site ${of}, its order is of ${site.id}`),
  )
}

function ownProblems({ order, payments, accounts, sellers, customers, entitlements, grants }: OrderFacts): Problem[] {
  const people = [
    ...[order.customerId, ...peopleNamed(order)].map((customer) => ({ id: order.id, customer })),
    ...entitlements.flatMap(({ id, customerId, buyerId }) => [
      { id, customer: customerId },
      { id, customer: buyerId },
    ]),
    ...grants.map(({ id, customerId }) => ({ id, customer: customerId })),
  ]
  return [
    ...people.flatMap(({ id, customer }) =>
      problemUnless(customers.has(customer), id, `names the customer ${customer}, who is none of the operator's`),
    ),
    ...problemUnless(
      sellers.has(order.seller),
      order.id,
      `names the seller ${order.seller}, who is none of the operator's`,
    ),
    ...payments.flatMap(({ id, account, processor }) => {
      const own = accounts.get(account)
      const found = own === undefined ? "none of the operator's" : `one of ${own.processor}`
      return problemUnless(own?.processor === processor, id, `names the account ${account} of ${processor}: ${found}`)
    }),
  ]
}

/** An account's seller is fixed, and so is an order's: money that one of them has and the other's books is to be passed on. */
function takenByOthers({ order, payments, accounts }: OrderFacts): Problem[] {
  return payments.flatMap(({ id, account, captured, refunded }) => {
    const seller = accounts.get(account)?.seller ?? order.seller
    if (seller === order.seller || captured <= refunded) return []
    const what = `its account ${account} is the seller ${seller}'s, who has ${captured - refunded}`
    return [openCase(id, `${what}; the books say that ${order.seller} has: settle it between the two`)]
  })
}
