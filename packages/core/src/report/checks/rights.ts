import type { Entitlement, Grant } from '../../entitlement/index.ts'
import { hasFailedMoney } from '../../journal/index.ts'
import { isRefunded, type Order } from '../../order/index.ts'
import { type Check, openCase, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I8: a placed order gives each (unit, part) one right, and no right is active that is neither paid nor trusted. */
export const rights: Check<OrderFacts> = {
  name: 'rights are paid, and what is paid has its rights',
  invariant: 'I8',
  find: (facts) => [...coverProblems(facts), ...facts.entitlements.flatMap((right) => stateProblems(facts, right))],
}

/** One right per (unit, part), and one grant where something is delivered. */
function coverProblems({ order, entitlements, grants }: OrderFacts): Problem[] {
  const rightsAt = count(entitlements.map(({ source }) => keyOf(source.lineId, source.unit, source.part)))
  const grantsAt = count(grants.map(({ lineId, unit, part }) => keyOf(lineId, unit, part)))
  const isGiven = order.placedAt !== null
  const problems: Problem[] = []
  for (const { key, isDelivered } of placesOf(order)) {
    const [held, delivered] = [rightsAt.get(key) ?? 0, grantsAt.get(key) ?? 0]
    rightsAt.delete(key)
    grantsAt.delete(key)
    problems.push(
      ...problemUnless(held === (isGiven ? 1 : 0), order.id, `${key} has ${held} rights`),
      ...problemUnless(delivered === (isGiven && isDelivered ? 1 : 0), order.id, `${key} has ${delivered} deliveries`),
    )
  }
  const strangers = [...rightsAt.keys(), ...grantsAt.keys()]
  return [...problems, ...strangers.map((key) => ({ record: order.id, message: `sold no ${key}` }))]
}

function stateProblems({ order, site, grants, journal }: OrderFacts, right: Entitlement): Problem[] {
  const { id, state } = right
  const isPaid = order.money.captured >= order.total
  const grant = grants.find(({ entitlementId }) => entitlementId === id)
  if (state === 'active' && !isPaid) {
    if (order.onAccount) {
      return site.deliversOnAccount ? [] : [openCase(id, 'is active on account, which its site does not give any more')]
    }
    const hasFailed = hasFailedMoney(journal)
    if (hasFailed && site.onPaymentFailure === 'keep') return [openCase(id, 'was kept, though its money failed')]
    return [{ record: id, message: `is active, though ${order.money.captured} of ${order.total} are captured` }]
  }
  const isLive = order.state === 'placed' || order.state === 'closed'
  if (!isLive || !isPaid) return []
  if (isRefunded(order.money)) {
    return state === 'active' ? [openCase(id, 'is active, though all money of its order went back')] : []
  }
  const waits = state === 'suspended' || (state === 'pending' && (grant === undefined || waitsForPayment(grant)))
  return problemUnless(!waits, id, `is ${state}, though its order is paid`)
}

const waitsForPayment = (grant: Grant): boolean => grant.waitingFor === 'payment'

const keyOf = (lineId: string, unit: number, part: string): string => `line ${lineId} unit ${unit} part ${part}`

function* placesOf(order: Order): Iterable<{ key: string; isDelivered: boolean }> {
  for (const line of order.lines) {
    for (let unit = 1; unit <= line.quantity; unit += 1) {
      for (const part of line.parts) {
        yield { key: keyOf(line.id, unit, part.id), isDelivered: part.fulfilment !== null }
      }
    }
  }
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
