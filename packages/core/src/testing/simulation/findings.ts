import { customers } from '../../customer/index.ts'
import type { Order } from '../../order/index.ts'
import { orders } from '../../order/index.ts'
import { payments } from '../../payment/index.ts'
import { doctor } from '../../report/index.ts'
import { listAll } from '../../storage/index.ts'
import { OPERATOR, SHOP_IDS } from '../shop-fixture-data.ts'
import type { Promises } from './promises.ts'
import type { World } from './world.ts'

/** What is not as it must be, when all has ended: the doctor's findings, and what only the outside can tell. */
export async function findings(world: World, promises: Promises): Promise<string[]> {
  const all = await allOrders(world)
  return [
    ...promises.strange.map((what) => `a strange answer: ${what}`),
    ...(await doctorsFindings(world)),
    ...(await moneyFindings(world, all)),
    ...(await deliveryFindings(world, all)),
    ...endFindings(all),
    ...promiseFindings(world, promises, all),
    ...limitFindings(all),
    ...numberFindings(all),
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
async function moneyFindings({ processor, storage }: World, all: readonly Order[]): Promise<string[]> {
  const noted = await notedByStaff(storage)
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
  }
  for (const { id, number, money } of all) {
    const amount = (captured.get(id) ?? 0) + (noted.get(id) ?? 0)
    if (amount !== money.captured - money.refunded)
      problems.push(`I3: order ${number} says ${money.captured} captured, the outside ${amount}`)
  }
  return problems
}

/** What staff noted as paid, by order: an account by invoice keeps no books, so that its payments are the truth. */
async function notedByStaff(storage: World['storage']): Promise<Map<string, number>> {
  const all = await listAll(storage, { operator: OPERATOR }, payments, { index: 'createdAt' })
  const invoices = all.filter(({ body }) => body.account === SHOP_IDS.accounts.invoice)
  const noted = new Map<string, number>()
  for (const { body } of invoices)
    noted.set(body.orderId, (noted.get(body.orderId) ?? 0) + body.captured - body.refunded)
  return noted
}

/** I8: who paid is enrolled, once, and as they paid for; who did not, or has it back, is not. */
async function deliveryFindings(world: World, all: readonly Order[]): Promise<string[]> {
  const { platform } = world
  const problems: string[] = []
  const twice = new Map<string, number>()
  for (const { grantId, call } of platform.log()) {
    if (call === 'deliver') twice.set(grantId, (twice.get(grantId) ?? 0) + 1)
  }
  for (const [grantId, times] of twice)
    if (times > 1) problems.push(`I8: grant ${grantId} was delivered ${times} times`)
  const due = await modesOf(world, all.filter(isDue(world)))
  const kept = await modesOf(
    world,
    all.filter((order) => isDue(world)(order) || mayKeep(world)(order)),
  )
  const enrolled = new Map(platform.enrolments().map(({ learner, mode }) => [learner, mode]))
  for (const learner of new Set([...due.keys(), ...enrolled.keys()])) {
    const [wanted, mode] = [due.get(learner) ?? null, enrolled.get(learner) ?? null]
    if (wanted !== mode && mode !== (kept.get(learner) ?? null))
      problems.push(`I8: ${learner} is to have the mode ${wanted}, and has ${mode}`)
  }
  return problems
}

/** The best mode of the course that each person has by these orders, by their id at the platform. */
async function modesOf({ storage }: World, due: readonly Order[]): Promise<Map<string, string>> {
  const people = await listAll(storage, { operator: OPERATOR }, customers, { index: 'createdAt' })
  const learners = new Map(people.map(({ id, body }) => [id, body.hostId ?? id]))
  const modes = new Map<string, string>()
  for (const { customerId, lines } of due) {
    const learner = learners.get(customerId) ?? customerId
    const mode = bestMode(lines)
    if (mode !== null && modes.get(learner) !== 'verified') modes.set(learner, mode)
  }
  return modes
}

/** Is it paid, and not all given back, or on account where the site delivers so? */
const isDue =
  ({ site }: World) =>
  ({ state, money, total, onAccount }: Order): boolean => {
    if (state !== 'placed' && state !== 'closed') return false
    if (onAccount && site.deliversOnAccount) return true
    return money.captured >= total && (total === 0 || money.refunded < money.captured)
  }

/** Where a site keeps what it has given, what was delivered before the money went stays, and nothing more comes. */
const mayKeep =
  ({ site, processor }: World) =>
  ({ id, number, state }: Order): boolean =>
    site.onPaymentFailure === 'keep' &&
    number.startsWith('M') &&
    state === 'placed' &&
    processor.log().some(({ effect, orderId }) => effect === 'captured' && orderId === id)

function bestMode(lines: readonly Line[]): 'verified' | 'audit' | null {
  const variants = lines.flatMap(({ parts }) => parts.map(({ variantId }) => variantId))
  if (variants.includes(SHOP_IDS.variants.course)) return 'verified'
  return variants.includes(SHOP_IDS.variants.audit) ? 'audit' : null
}

/** I16: everything is final, or waits visibly for a person. */
function endFindings(all: readonly Order[]): string[] {
  return all
    .filter(({ state }) => state === 'pending')
    .map((order) => `I16: order ${order.number} of ${order.createdAt} is still pending`)
}

/** I18, I6: what was promised is there; a cart has one order that lives. */
function promiseFindings(
  { processor }: World,
  { orders: promised, cancelled, paid }: Promises,
  all: readonly Order[],
): string[] {
  const byId = new Map(all.map((order) => [order.id, order]))
  const lost = promised
    .filter(({ orderId }) => !byId.has(orderId))
    .map(({ orderId }) => `a promised order is lost: ${orderId}`)
  const revived = [...cancelled]
    .filter((id) => byId.get(id)?.state !== 'cancelled')
    .map((id) => `staff were told that order ${id} is ended, and it is not`)
  const failed = new Set(processor.log().flatMap(({ effect, orderId }) => (effect === 'capture_failed' ? orderId : [])))
  const unpaid = [...paid]
    .filter((id) => byId.get(id)?.money.captured === 0 && !failed.has(id))
    .map((id) => `staff were told that order ${id} is paid, and it is not`)
  const byCart = Map.groupBy(
    all.filter(({ state }) => state !== 'cancelled'),
    ({ cartId }) => cartId,
  )
  const doubled = [...byCart].flatMap(([cartId, own]) =>
    own.length > 1 ? [`I6: cart ${cartId} has ${own.length} orders`] : [],
  )
  return [...lost, ...revived, ...unpaid, ...doubled]
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

/** Who reads a number out means one order. */
function numberFindings(all: readonly Order[]): string[] {
  return [...Map.groupBy(all, ({ number }) => number)].flatMap(([number, own]) =>
    own.length > 1 ? [`${own.length} orders have the number ${number}`] : [],
  )
}

type Line = Order['lines'][number]
const placesOf = ({ parts, quantity }: Line): number =>
  parts.filter(({ variantId }) => variantId === SHOP_IDS.variants.course).length * quantity
const usesSpring = ({ adjustments }: Line): boolean =>
  adjustments.some(({ cause }) => cause.type === 'promotion' && cause.promotion === SHOP_IDS.promotions.spring)
