import type { Customer } from '../customer/index.ts'
import type { Call, CounterState, Storage, Stored } from '../ports/index.ts'
import { amountIn, type Code, mentions, type Promotion } from '../promotion/index.ts'
import { counter, type RecordRef, readAll } from '../storage/index.ts'
import { type Assignees, assigneeRefs, codeCounters } from './code-facts.ts'
import { boughtCounter, budgetCounter, ordersCounter } from './count-uses.ts'
import type { BookEntry } from './price-book.ts'
import type { PricingSubject } from './pricing-subject.ts'

/** What counters say. */
export interface Counters {
  /** How many are left of a limit. */
  left: Left
  /** What is used, and held by others than the cart's own pending order. */
  others: (name: string) => { used: number; held: number }
  /** The people to whom codes are assigned. */
  assignees: Assignees
}

/** How many are left of a counter's limit; null for no limit. */
export type Left = (name: string, limit: number | null) => number | null

/** Reads all that is counted of a cart, and the people of its codes, in one trip. */
export async function readCounters(
  storage: Storage,
  call: Call,
  what: {
    entries: ReadonlyMap<string, BookEntry | null>
    codes: readonly Code[]
    promotions: readonly Promotion[]
    subject: PricingSubject
  },
): Promise<Counters> {
  const customer = what.subject.shopper.customerId
  const names = new Set<string>(codeCounters(what))
  if (customer !== null && what.promotions.some(asksForFirstOrder)) names.add(ordersCounter(customer))
  for (const { id, limits } of what.promotions) {
    if (limits.uses !== null) names.add(`promotion:${id}`)
    if (amountIn(limits.money ?? [], what.subject.currency) !== null)
      names.add(budgetCounter(id, what.subject.currency))
    if (limits.usesPerCustomer !== null && customer !== null) names.add(`promotion:${id}:${customer}`)
  }
  for (const [id, entry] of what.entries)
    if (entry !== null && entry.variant.capacity !== null) names.add(`capacity:${id}`)
  const { moment, owner = null } = what.subject
  if (moment === 'checkout' && owner !== null) {
    for (const [id, entry] of what.entries)
      if (entry?.variant.repeatable === false) names.add(boughtCounter(id, owner.id))
  }
  const refs: RecordRef<CounterState>[] = [...names].map(counter)
  const read = await readAll(storage, call.scope, ...refs, ...assigneeRefs(what))
  // What the first refs find, and what the others find.
  const states = read.slice(0, refs.length) as (CounterState | null)[]
  const people = read.slice(refs.length) as (Stored<Customer> | null)[]
  const known = new Map(states.flatMap((state) => (state === null ? [] : [[state.counter, state]])))
  const own = new Map(what.subject.holds.map(({ counter: name, n }) => [name, n]))
  const others = (name: string) => {
    const { used = 0, held = 0 } = known.get(name) ?? {}
    // What the cart's own pending order holds is held: an order that is placed takes its cart along.
    return { used, held: Math.max(0, held - (own.get(name) ?? 0)) }
  }
  return {
    others,
    assignees: new Map(people.flatMap((person) => (person === null ? [] : [[person.id, person.body]]))),
    left: (name, limit) => {
      const { used, held } = others(name)
      return limit === null ? null : Math.max(0, limit - used - held)
    },
  }
}

/** Does a promotion ask whether it is the customer's first order? */
export const asksForFirstOrder = ({ conditions }: Promotion): boolean => mentions(conditions, 'first_order')
