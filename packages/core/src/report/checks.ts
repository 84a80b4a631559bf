import type { Check } from './check.ts'
import { belonging } from './checks/belonging.ts'
import { capturedCash } from './checks/captured-cash.ts'
import { cartAgreement } from './checks/cart-agreement.ts'
import { counterSums } from './checks/counter-sums.ts'
import { creditedMoney } from './checks/credited-money.ts'
import { deliveries } from './checks/deliveries.ts'
import { eventsOnce } from './checks/events-once.ts'
import { holdOwners } from './checks/hold-owners.ts'
import { journalBalance } from './checks/journal-balance.ts'
import { journalChain } from './checks/journal-chain.ts'
import { liveAttempts } from './checks/live-attempts.ts'
import { nothingForgotten } from './checks/nothing-forgotten.ts'
import { orderHolds } from './checks/order-holds.ts'
import { orderMoney } from './checks/order-money.ts'
import { orderReprice } from './checks/order-reprice.ts'
import { orderSums } from './checks/order-sums.ts'
import { parkedJobs } from './checks/parked-jobs.ts'
import { paymentOperations } from './checks/payment-operations.ts'
import { peopleOfCarts } from './checks/people-of-carts.ts'
import { type PersonalDataFacts, personalData } from './checks/personal-data.ts'
import { references } from './checks/references.ts'
import { rights } from './checks/rights.ts'
import { states } from './checks/states.ts'
import type { OrderFacts } from './order-facts.ts'
import type {
  BelongingFacts,
  CartFacts,
  CartPeopleFacts,
  CounterFacts,
  EventFacts,
  HoldFacts,
  ParkedJobFacts,
  TransactionFacts,
} from './record-facts.ts'

/** Every check, by what it looks at. A new one is a file in `checks/` and its name here. */
export const checks: {
  readonly order: readonly Check<OrderFacts>[]
  readonly transaction: readonly Check<TransactionFacts>[]
  readonly belonging: readonly Check<BelongingFacts>[]
  readonly cart: readonly Check<CartFacts>[]
  readonly cartPeople: readonly Check<CartPeopleFacts>[]
  readonly counter: readonly Check<CounterFacts>[]
  readonly hold: readonly Check<HoldFacts>[]
  readonly event: readonly Check<EventFacts>[]
  readonly parkedJob: readonly Check<ParkedJobFacts>[]
  readonly personalData: readonly Check<PersonalDataFacts>[]
} = {
  transaction: [journalBalance],
  order: [
    journalChain,
    capturedCash,
    orderMoney,
    creditedMoney,
    orderSums,
    orderReprice,
    liveAttempts,
    paymentOperations,
    rights,
    deliveries,
    orderHolds,
    states,
    references,
    nothingForgotten,
  ],
  cart: [cartAgreement],
  cartPeople: [peopleOfCarts],
  counter: [counterSums],
  hold: [holdOwners],
  event: [eventsOnce],
  belonging: [belonging],
  parkedJob: [parkedJobs],
  personalData: [personalData],
}

/** Name of the check over all transactions at once; the other checks look at one record each. */
export const WHOLE_JOURNAL = 'the journal balances as a whole'

/** Names of all checks with their invariants, in the order of reports. */
export const CHECK_NAMES: readonly { name: string; invariant: string }[] = [
  { name: WHOLE_JOURNAL, invariant: 'I1' },
  ...Object.values(checks).flatMap((family) => family.map(({ name, invariant }) => ({ name, invariant }))),
].sort((left, right) => placeOf(left.invariant) - placeOf(right.invariant))

function placeOf(invariant: string): number {
  return Number(invariant.slice(1))
}
