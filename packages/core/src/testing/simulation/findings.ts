import type { Order } from '../../order/index.ts'
import { orders } from '../../order/index.ts'
import { doctor } from '../../report/index.ts'
import { listAll } from '../../storage/index.ts'
import { OPERATOR, SHOP_IDS } from '../shop-fixture-data.ts'
import type { Promises } from './buyer.ts'
import type { World } from './world.ts'

/** What is not as it must be, when all has ended: the doctor's findings, and what only the outside can tell. */
export async function findings(world: World, promises: Promises): Promise<string[]> {
  const all = await allOrders(world)
  return [
    ...promises.strange.map((what) => `a strange answer: ${what}`),
    ...(await doctorsFindings(world)),
    ...moneyFindings(world, all),
    ...deliveryFindings(world, all),
    ...endFindings(all),
    ...promiseFindings(promises, all),
    ...limitFindings(all),
  ]
}

async function allOrders({ storage }: World): Promise<Order[]> {
  const found = await Promise.all(
    Object.values(SHOP_IDS.sites).map((site) =>
      listAll(storage, { operator: OPERATOR, site }, orders, { index: 'createdAt' }),
    ),
  )
  return found.flat().map(({ body }) => body)
}

async function doctorsFindings({ storage, scheduler }: World): Promise<string[]> {
  const { findings: found } = await doctor({ storage }, { scope: { operator: OPERATOR }, now: scheduler.now() })
  return found
    .filter(({ severity }) => severity === 'broken')
    .map(({ invariant, check, record, message }) => `${invariant} ${check}: ${record} ${message}`)
}

/** I3, I6: each captured cent of the processor's is in one order, each order is charged once and for its total. */
function moneyFindings({ processor }: World, all: readonly Order[]): string[] {
  const byOrder = new Map(all.map((order) => [order.id, order]))
  const captured = new Map<string, number>()
  const problems: string[] = []
  for (const { effect, orderId, amount } of processor.log()) {
    const sign = effect === 'captured' ? 1 : effect === 'capture_failed' || effect === 'refunded' ? -1 : 0
    captured.set(orderId, (captured.get(orderId) ?? 0) + sign * amount.amount)
  }
  for (const [orderId, amount] of captured) {
    const order = byOrder.get(orderId)
    if (order === undefined) problems.push(`I3: ${amount} captured for ${orderId}, which does not exist`)
    else if (amount > order.total) problems.push(`I6: order ${order.number} of ${order.total} was charged ${amount}`)
    else if (amount !== order.money.captured - order.money.refunded) {
      problems.push(`I3: order ${order.number} says ${order.money.captured} captured, the processor ${amount}`)
    }
  }
  for (const order of all) {
    const isCharged = (captured.get(order.id) ?? 0) > 0
    if (order.money.captured > 0 && !isCharged)
      problems.push(`I3: order ${order.number} says paid, the processor does not`)
  }
  return problems
}

/** I8: who paid is enrolled, once; who did not is not. */
function deliveryFindings({ platform }: World, all: readonly Order[]): string[] {
  const problems: string[] = []
  const twice = new Map<string, number>()
  for (const { grantId, call } of platform.log()) {
    if (call === 'deliver') twice.set(grantId, (twice.get(grantId) ?? 0) + 1)
  }
  for (const [grantId, times] of twice)
    if (times > 1) problems.push(`I8: grant ${grantId} was delivered ${times} times`)
  const wanted = new Set(all.filter(isDue).flatMap((order) => (hasCourse(order) ? [order.customerId] : [])))
  const enrolled = platform.enrolments().filter(({ mode }) => mode !== null).length
  if (enrolled !== wanted.size) problems.push(`I8: ${wanted.size} people have a course, ${enrolled} are enrolled`)
  return problems
}

const isDue = (order: Order): boolean =>
  (order.state === 'placed' || order.state === 'closed') && order.money.captured - order.money.refunded >= order.total

const hasCourse = (order: Order): boolean =>
  order.lines.some(({ parts }) => parts.some(({ fulfilment }) => fulfilment?.provider === 'school'))

/** I16: everything is final, or waits visibly for a person. */
function endFindings(all: readonly Order[]): string[] {
  return all
    .filter(({ state }) => state === 'pending')
    .map((order) => `I16: order ${order.number} of ${order.createdAt} is still pending`)
}

/** I18, I6: what was promised is there; a cart has one order that lives. */
function promiseFindings({ orders: promised }: Promises, all: readonly Order[]): string[] {
  const ids = new Set(all.map(({ id }) => id))
  const lost = promised
    .filter(({ orderId }) => !ids.has(orderId))
    .map(({ orderId }) => `a promised order is lost: ${orderId}`)
  const byCart = Map.groupBy(
    all.filter(({ state }) => state !== 'cancelled'),
    ({ cartId }) => cartId,
  )
  const doubled = [...byCart].flatMap(([cartId, own]) =>
    own.length > 1 ? [`I6: cart ${cartId} has ${own.length} orders`] : [],
  )
  return [...lost, ...doubled]
}

/** I9, I10: three places in the course, two uses of the code, one for each person. */
function limitFindings(all: readonly Order[]): string[] {
  const live = all.filter(({ state }) => state !== 'cancelled')
  const places = live.flatMap(({ lines }) => lines).reduce((sum, line) => sum + placesOf(line), 0)
  const coded = live.filter(({ lines }) => lines.some(usesSpring))
  const people = new Set(coded.map(({ customerId }) => customerId))
  return [
    ...(places > 3 ? [`I10: ${places} places of 3 are sold`] : []),
    ...(coded.length > 2 ? [`I9: the code was used ${coded.length} times of 2`] : []),
    ...(people.size < coded.length ? ['I9: somebody used the code twice'] : []),
  ]
}

type Line = Order['lines'][number]
const placesOf = ({ parts, quantity }: Line): number =>
  parts.filter(({ variantId }) => variantId === SHOP_IDS.variants.course).length * quantity
const usesSpring = ({ adjustments }: Line): boolean =>
  adjustments.some(({ cause }) => cause.type === 'promotion' && cause.promotion === SHOP_IDS.promotions.spring)
