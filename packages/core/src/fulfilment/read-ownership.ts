import type { Variant } from '../catalog/index.ts'
import { type Entitlement, entitlements, isUsable } from '../entitlement/index.ts'
import { isRefunded, type Order, orders } from '../order/index.ts'
import type { FulfilmentProvider, Runtime, Scope, Storage, Stored } from '../ports/index.ts'
import {
  creditCounter,
  type Fact,
  type OwnedThings,
  type OwnershipQuestion,
  type PaidPrice,
  type ReadOwnership,
} from '../pricing/index.ts'
import { byId, counter, listAll, readAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { type AskOwnership, ownershipAsker } from './ask-ownership.ts'
import { type BoughtRight, upgradeHold, upgradeOf, valueRights } from './value-rights.ts'

/** Reads what a customer owns: our own rights, queued ones too, and for the rest what learning platforms answer. */
export function ownershipReader(ports: {
  storage: Storage
  runtime: Runtime
  fulfilment: { readonly [name: string]: FulfilmentProvider }
}): ReadOwnership {
  const ask = ownershipAsker(ports)
  return (scope, customerId) => {
    const reading =
      customerId === null
        ? Promise.resolve([])
        : listAll(ports.storage, scope, entitlements, { index: 'customer', equals: [customerId] })
    reading.catch(() => {}) // who asks hears of it; where nobody does, it did not matter
    return async (question) => answered(await reading, scope, question)
  }

  async function answered(
    own: readonly Stored<Entitlement>[],
    scope: Scope,
    question: OwnershipQuestion,
  ): Promise<OwnedThings> {
    const rights = own.map(({ body }) => body)
    const live = rights.filter((right) => isLive(right, question.now))
    // Our own record wins: of what we sold and took back, the platform's enrolment says nothing.
    const known = new Set(rights.map(({ variantId }) => variantId))
    const strange = question.variants.filter(({ id }) => question.asked.has(id) && !known.has(id))
    const named = new Set(question.variants.map(({ id }) => id))
    const matters = live.filter(({ variantId }) => named.has(variantId))
    const bought = ofCredited(rights, question)
    const [sources, credited, platform] = await Promise.all([
      readSources(ports.storage, scope, [...matters, ...bought]),
      readCredited(ports.storage, scope, question, { bought, there: strange }),
      askPlatforms(ask, scope, question, strange),
    ])
    const owned = live.filter(({ source }) => !isGivenBack(sources.get(source.orderId)))
    const there = platform.filter(({ fact }) => fact === 'yes').map(({ variant }) => variant)
    const unknown = platform.filter(({ fact }) => fact === 'unknown').map(({ variant }) => variant.id)
    return joined({ owned, there, unknown }, paidFor({ owned, there }, { bought, sources, credited }, question))
  }
}

/**
 * Rights to products of which it matters what was paid, those that ended too: one may be an upgrade from another, and carries
 * what was paid for that.
 */
function ofCredited(rights: readonly Entitlement[], { variants, credited }: OwnershipQuestion): readonly Entitlement[] {
  const products = new Set(variants.filter(({ id }) => credited.has(id)).map(({ productId }) => productId))
  return rights.filter(({ productId }) => products.has(productId))
}

/** Does a right count as owned? One that waits does, however long: it has not begun. One whose money failed does not. */
function isLive(right: Entitlement, now: Instant): boolean {
  return right.state === 'pending' || isUsable(right, now)
}

/** A site may keep what it delivered though all of its money went back: owned it is not, and can be bought again. */
const isGivenBack = (order: Order | undefined): boolean => order !== undefined && isRefunded(order.money)

/** What a customer has by our own rights, and by what platforms say. */
interface Had {
  readonly owned: readonly Entitlement[]
  readonly there: readonly Variant[]
}

function joined(
  { owned, there, unknown }: Had & { unknown: readonly string[] },
  paid: Readonly<Record<string, PaidPrice>>,
): OwnedThings {
  return {
    products: distinct([...owned, ...there].map(({ productId }) => productId)),
    variants: distinct([...owned.map(({ variantId }) => variantId), ...there.map(({ id }) => id)]),
    ...(unknown.length === 0 ? {} : { unknown: distinct(unknown) }),
    ...(Object.keys(paid).length === 0 ? {} : { paid }),
  }
}

/** One order, so that the same rights make the same pricing inputs. */
const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort()

async function askPlatforms(
  ask: AskOwnership,
  { operator }: Scope,
  { customer }: OwnershipQuestion,
  strange: readonly Variant[],
): Promise<readonly { variant: Variant; fact: Fact }[]> {
  const delivered = strange.flatMap((variant) =>
    variant.fulfilment === null ? [] : [{ variant, target: variant.fulfilment }],
  )
  if (delivered.length === 0) return []
  const facts = await ask(
    operator,
    customer,
    delivered.map(({ target }) => target),
  )
  return delivered.map(({ variant }, place) => ({ variant, fact: facts[place] ?? 'unknown' }))
}

const NOTHING: PaidPrice = { amount: 0, listPrice: 0 }

/** What was read of a customer's rights to products of which it matters what was paid. */
interface Purchases {
  readonly bought: readonly Entitlement[]
  readonly sources: ReadonlyMap<string, Order>
  readonly credited: ReadonlyMap<string, number>
}

/**
 * What was paid for what is had and of which it matters, and what of it other orders have credited: of several rights to one
 * variant, the one counts of which most is left. What the platform gave by itself, and what was paid in another currency, is
 * nothing: no later answer would tell more.
 */
function paidFor(
  { owned, there }: Had,
  { bought, sources, credited }: Purchases,
  question: OwnershipQuestion,
): Record<string, PaidPrice> {
  const paid = new Map<string, Counted>()
  const { customer, currency } = question
  const nameOf = (source: Entitlement['source']) => counterOf(source, currency)
  const prices = new Map(bought.map((right) => [nameOf(right.source), priceOf(right, sources, question)]))
  const variantOf = new Map(bought.map(({ source, variantId }) => [nameOf(source), variantId]))
  const values = bought.map(({ source }): BoughtRight => {
    const [name, order] = [nameOf(source), sources.get(source.orderId)]
    const price = prices.get(name) ?? null
    const upgrade = price === null || order === undefined ? null : upgradeHold(order, source.lineId, variantOf)
    return { counter: name, paid: price?.amount ?? 0, upgrade }
  })
  const { worthOf, creditedOf } = valueRights(values, credited)
  const add = (variantId: string, name: string, price: PaidPrice) => {
    const before = Math.min(ALL, creditedOf(name))
    const held = Math.min(ALL, credited.get(name) ?? 0)
    const one = {
      ...price,
      ...(before === 0 ? {} : { credited: before }),
      ...(held === before ? {} : { held }),
      counter: name,
    }
    const other = paid.get(variantId)
    if (other === undefined || isMoreLeft(one, other)) paid.set(variantId, one)
  }
  for (const { id } of there) if (question.credited.has(id)) add(id, creditCounter(currency, id, customer.id), NOTHING)
  for (const { variantId, source, buyerId } of owned) {
    if (!question.credited.has(variantId)) continue
    const name = nameOf(source)
    const isOwed = (sources.get(source.orderId)?.money.due ?? 0) > 0
    const price = { ...(prices.get(name) ?? NOTHING), amount: worthOf(name) }
    const isUncredited = (prices.get(name) ?? null) === null || buyerId !== customer.id
    add(variantId, name, isOwed ? { ...price, isOwed, ...(isUncredited ? { isUncredited } : {}) } : price)
  }
  return Object.fromEntries(paid)
}

/** What was paid for a right by itself, or null where that was in another currency. */
function priceOf(
  { source, buyerId }: Entitlement,
  sources: Purchases['sources'],
  question: OwnershipQuestion,
): PaidPrice | null {
  const order = sources.get(source.orderId)
  const price = (order && paidOf(order, source, question)) ?? null
  // A gift was paid by somebody else: it credits nothing, and takes nothing from what its owner paid.
  return price === null || buyerId === question.customer.id ? price : { ...price, amount: 0 }
}

const counterOf = ({ orderId, lineId, unit, part }: Entitlement['source'], currency: string): string =>
  creditCounter(currency, orderId, lineId, unit, part)

/** Of the money, then of the list price, then the smaller name, so that rights in any order make the same inputs. */
function isMoreLeft(one: Counted, other: Counted): boolean {
  const left = (price: Counted, of: 'amount' | 'listPrice') => Math.max(0, price[of] - (price.credited ?? 0))
  return (
    (left(one, 'amount') - left(other, 'amount') ||
      left(one, 'listPrice') - left(other, 'listPrice') ||
      (one.counter < other.counter ? 1 : -1)) > 0
  )
}

type Counted = PaidPrice & { readonly counter: string }

/**
 * What orders have credited of what is had, or may be had by a platform, by its counter in the cart's currency: but for what
 * this cart's own order holds. Of what another currency has credited nothing is left: amounts are never converted.
 */
async function readCredited(
  storage: Storage,
  scope: Scope,
  { credited, customer, holds, currency, currencies }: OwnershipQuestion,
  { bought, there }: Pick<Purchases, 'bought'> & Pick<Had, 'there'>,
): Promise<ReadonlyMap<string, number>> {
  const namesIn = (one: string) => [
    ...bought.map(({ source }) => counterOf(source, one)),
    ...there.filter(({ id }) => credited.has(id)).map(({ id }) => creditCounter(one, id, customer.id)),
  ]
  const names = namesIn(currency)
  const all = [names, ...currencies.filter((one) => one !== currency).map(namesIn)].flat()
  const states = await readAll(storage, scope, ...all.map(counter))
  const own = new Map(holds.map(({ counter: name, n }) => [name, n]))
  const taken = states.map((state, place) => {
    const { used = 0, held = 0 } = state ?? {}
    return used + Math.max(0, held - (own.get(all[place] ?? '') ?? 0))
  })
  return new Map(
    names.map((name, place) => {
      const isOfAnother = taken.some((n, at) => n > 0 && at >= names.length && at % names.length === place)
      return [name, isOfAnother ? Number.POSITIVE_INFINITY : (taken[place] ?? 0)]
    }),
  )
}

/** More than anything can cost: all of it is credited. */
const ALL = Number.MAX_SAFE_INTEGER

/** The orders that gave these rights, by id: those of one site in one read. */
async function readSources(
  storage: Storage,
  scope: Scope,
  rights: readonly Entitlement[],
): Promise<ReadonlyMap<string, Order>> {
  const sites = Map.groupBy(rights, ({ source }) => source.site)
  const read = await Promise.all(
    [...sites].map(([site, own]) => {
      const ids = new Set(own.map(({ source }) => source.orderId))
      return readAll(storage, { ...scope, site }, ...[...ids].map((id) => byId(orders, id)))
    }),
  )
  return new Map(read.flat().flatMap((order) => (order === null ? [] : [[order.id, order.body]])))
}

/** What was paid for one unit and part of an order, in the cart's basis; null where it was paid in another currency. */
function paidOf(
  order: Order,
  { lineId, unit, part }: Entitlement['source'],
  { currency, priceBasis }: OwnershipQuestion,
): PaidPrice | null {
  if (order.currency !== currency) return null
  const line = order.lines.find(({ id }) => id === lineId)
  const run = line?.units.find(({ first, count }) => first <= unit && unit < first + count)
  const allocation = run?.allocations.find((one) => one.part === part)
  if (allocation === undefined) return null
  const price = priceBasis === 'inclusive' ? allocation.total : allocation.net
  // Its list price is of the order's basis, before an upgrade took its credit off: of the other one it is only known what was paid.
  const listPrice = allocation.base + (line === undefined ? 0 : (upgradeOf(line)?.n ?? 0))
  return { amount: keptOf(price, order), listPrice: order.priceBasis === priceBasis ? listPrice : price }
}

/** Money that went back at the processor's side is of no line: each has its share of what is left, rounded down. */
function keptOf(price: number, { money, total }: Pick<Order, 'money' | 'total'>): number {
  if (money.captured - money.disputed < total) return 0
  const kept = money.captured - money.refunded
  return kept >= total ? price : Number((BigInt(price) * BigInt(kept)) / BigInt(total))
}
