import { askGuards, assertReachable, type Cart, carts, mayOpen, priceCart, withProducts } from '../cart/index.ts'
import { type Customer, customerRef, customerView, newCustomer, newWaiting, unclaimedWith } from '../customer/index.ts'
import { BursarError, isBursarError } from '../errors/index.ts'
import { hashOf } from '../ids/index.ts'
import { isSameJson } from '../json/index.ts'
import { assertSees, isOnTermsOf, type Order, orders } from '../order/index.ts'
import { ENDED, type Payment, payments } from '../payment/index.ts'
import { type Call, customerHostId, type Scope, type Storage, type Stored } from '../ports/index.ts'
import {
  ownedByNewcomer,
  PRICING_VERSION_ID,
  pricingVersions,
  quoteHashOf,
  siteOf,
  toldQuote,
} from '../pricing/index.ts'
import { type Consent, listOfAllSites } from '../site/index.ts'
import {
  byId,
  byKey,
  type Decision,
  idempotencyRef,
  readAhead,
  readAll,
  rememberResult,
  resultOfRepeat,
} from '../storage/index.ts'
import { acceptConsents, assertKnown, assertOrderable, assertReturnUrl } from './accept-terms.ts'
import type { CheckoutInput } from './checkout-api.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { chooseAccount, offeredAhead } from './choose-account.ts'
import { BUYER, learnerNamed, readNamed } from './read-recipients.ts'
import { type Accepted, customerChanges, type Frozen, type Opened, storeOrder, storePayment } from './store-order.ts'

/**
 * Decides what a checkout starts from: gathers, quotes, checks what the shopper saw and agreed to, and freezes it all in
 * one commit with the holds. Run again by `decide` when the cart, a price or a counter moved meanwhile.
 */
export async function freezeQuote(
  ports: CheckoutPorts,
  call: Call,
  input: CheckoutInput,
  tries: number,
): Promise<Decision<Frozen>> {
  const opened = await open(ports, call, input, tries)
  if ('answer' in opened) return opened
  const { live } = opened
  if (live !== null && live.body.state !== 'pending') return { answer: knownTo(opened, live) }
  assertVersion(opened)
  const accepted = await acceptOrAgain(ports, opened, input)
  if (accepted === 'again') return { again: true }
  ports.step('s1_quote_frozen')
  if (live === null) return storeOrder(ports, opened, accepted, null)
  return meetLiveOrder(ports, opened, accepted, live, input)
}

async function open(
  ports: CheckoutPorts,
  call: Call,
  { cartId, paymentAccount }: CheckoutInput,
  tries: number,
): Promise<Opened | { answer: Frozen }> {
  const { key } = call
  if (key === null) throw new BursarError('idempotency_key_required')
  const keyed = { ...call, key }
  const book = ports.books.of(call.scope.operator)
  const readOffered = offeredAhead(ports, book.known?.sites.get(call.scope.site), paymentAccount)
  const ref = idempotencyRef(keyed, cartId)
  const own = [
    ref,
    byId(carts, cartId),
    byKey(orders, 'liveCart', cartId),
    byId(pricingVersions, PRICING_VERSION_ID),
    ...customerRef(call),
  ] as const
  const ofCodes = ports.codesAhead.refsOfCart(call, cartId)
  const { storage } = readAhead(ports.storage, call.scope, ofCodes.length === 0 ? [] : [...own, ...ofCodes])
  const [record, cart, live, pricing, customer = null] = await readAll(storage, call.scope, ...own)
  if (cart === null || !mayOpen(cart.body, call.principal, customer?.body.id ?? null)) {
    throw new BursarError('not_found')
  }
  const repeated = resultOfRepeat(call, record)
  if (repeated !== null) return { answer: await knownById(ports, { call, customer }, repeated) }
  book.sync(pricing)
  return { call: keyed, tries, keyId: ref.id, cart, live, pricing, customer, book, storage, readOffered }
}

/** Who asks for a cart's order. */
type Caller = Pick<Opened, 'customer'> & { call: Call }

/** The token of a guest's cart opens the cart still, but not the order that a customer has claimed. */
function knownTo({ call, customer }: Caller, order: Stored<Order>): Frozen {
  const customerId = customer?.body.id ?? null
  assertSees(call, order, customerId)
  return { type: 'known', orderId: order.id, paymentId: order.body.paymentId, customerId }
}

async function knownById(ports: CheckoutPorts, caller: Caller, orderId: string): Promise<Frozen> {
  const [order] = await readAll(ports.storage, caller.call.scope, byId(orders, orderId))
  if (order === null) throw new BursarError('not_found')
  return knownTo(caller, order)
}

function assertVersion({ call, cart }: Opened): void {
  if (call.ifVersion !== null && call.ifVersion !== cart.version) {
    throw new BursarError('version_conflict', { data: { version: cart.version } })
  }
}

/**
 * What is refused because this very cart was bought meanwhile, by another press of the button, is no refusal: the last use
 * of its code is gone since its own order has it.
 */
async function acceptOrAgain(ports: CheckoutPorts, opened: Opened, input: CheckoutInput): Promise<Accepted | 'again'> {
  try {
    return await accept(ports, opened, input)
  } catch (error) {
    if (!isBursarError(error)) throw error
    const { call, cart, live } = opened
    const [now] = await readAll(ports.storage, call.scope, byKey(orders, 'liveCart', cart.id))
    if (now?.version !== live?.version) return 'again'
    throw error
  }
}

async function accept(ports: CheckoutPorts, opened: Opened, input: CheckoutInput): Promise<Accepted> {
  const { call, book, cart } = opened
  const offered = opened.readOffered(siteOf(await book.whole(), call.scope.site))
  offered.catch(() => {}) // as above
  const named = readNamed(ports, call.scope, cart.body)
  named.catch(() => {}) // as above
  const buyer = await findBuyer(ports, opened, input)
  const ownedBy = buyer.known === null ? ownedByNewcomer(book, call.scope) : undefined
  const context = { book, ownedBy, customer: buyer.customer, moment: 'checkout' } as const
  const priced = await priceCart({ ...ports, storage: opened.storage }, call, context, cart.body)
  const { site } = priced.gathered
  if (buyer.isGuest && !site.allowsGuests) throw new BursarError('unauthenticated')
  const people = await named
  for (const line of cart.body.lines) assertReachable(ports, priced, line, learnerNamed(line, people))
  if (priced.quote.isTaxUnknown && site.policies.tax === 'refuse') throw new BursarError('tax_unknown')
  assertOrderable(toldQuote(priced.quote, priced.gathered.inputs), input)
  assertKnown(site, priced.quote, buyer)
  const consents = acceptConsents(site, input, call.now)
  assertReturnUrl(site, input.returnUrl)
  askGuards(ports.guards, 'checkout', { cart: withProducts(cart.body, priced), quote: priced.quote })
  const { quote } = priced
  const account = quote.total === 0 ? null : chooseAccount(await offered, quote)
  return { ...buyer, named: people, priced, consents, account, quoteHash: quoteHashOf(quote), site }
}

/** Who buys: the customer, or a guest by e-mail, whose record waits for the one who claims it. */
async function findBuyer(
  ports: CheckoutPorts,
  { call, customer }: Opened,
  input: CheckoutInput,
): Promise<Pick<Accepted, 'customer' | 'known'> & { isGuest: boolean }> {
  const hostId = customerHostId(call.principal)
  if (customer !== null) return { customer: customer.body, known: customer, isGuest: false }
  if (hostId !== null) {
    return { customer: newCustomer(ports.runtime, call.now, { hostId }), known: null, isGuest: false }
  }
  if (input.guest === undefined) throw new BursarError('unauthenticated')
  const email = input.guest.email.toLowerCase()
  const known = await unclaimedWith(ports.storage, call.scope, email)
  if (known !== null) {
    const name = await nameOfGuest({ storage: ports.storage, scope: call.scope }, known.body, input.guest.name)
    return { customer: { ...customerView(known.body), name }, known, isGuest: true }
  }
  const guest = newWaiting(ports.runtime, call.now, { email, name: input.guest.name ?? null })
  return { customer: guest, known, isGuest: true }
}

/**
 * Nobody but guests themselves can right a slip, or what somebody who named them as recipient left out. But an address proves
 * nothing: who has bought already is not called otherwise by whoever types it.
 */
async function nameOfGuest(
  { storage, scope }: { storage: Storage; scope: Scope },
  { id, name }: Customer,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined || given === name || name === null) return given ?? name
  const own = await listOfAllSites(storage, scope, orders, { index: 'customer', equals: [id] })
  return own.some(({ body }) => body.placedAt !== null) ? name : given
}

/**
 * A pending order of this cart is there: one that would be the same goes on, another one replaces it. While its payment is under
 * way it keeps the terms that it froze; who pays anew has those of now.
 */
async function meetLiveOrder(
  ports: CheckoutPorts,
  opened: Opened,
  accepted: Accepted,
  live: Stored<Order>,
  input: CheckoutInput,
): Promise<Decision<Frozen>> {
  const payment = await readPayment(ports, opened.call, live.body.paymentId)
  const isSame = isSameOrder(live.body, accepted, opened.cart.body)
  if (payment !== null && !ENDED.includes(payment.body.state)) {
    const isOtherWay =
      payment.body.account !== accepted.account?.record.id ||
      (payment.body.state === 'requires_action' && input.paymentToken !== undefined)
    if (!isSame || isOtherWay) return { answer: { type: 'close', orderId: live.id, paymentId: payment.id } }
    return {
      changes: [...customerChanges(accepted), rememberResult(opened.call, opened.keyId, live.id)],
      done: () => knownTo(opened, live),
    }
  }
  return isSame && isOnTermsOf(live.body, accepted.priced.gathered.entries)
    ? storePayment(ports, opened, accepted, live)
    : storeOrder(ports, opened, accepted, live)
}

/** Would freezing now make this order, but for its terms: the price, who sells and buys, who gets each line, what was agreed to? */
function isSameOrder(live: Order, { priced, customer, consents, site }: Accepted, cart: Cart): boolean {
  const recipients = new Map(cart.lines.map(({ id, recipient }) => [id, recipient ?? BUYER]))
  const agreed = (given: readonly Consent[]) => hashOf(given.map(({ at: _when, ...consent }) => consent))
  return (
    // Another engine that comes to the same price makes no other order of it.
    live.quoteHash === quoteHashOf({ ...priced.quote, engine: live.engine }) &&
    live.seller === site.seller &&
    live.customerId === customer.id &&
    live.lines.every(({ id, recipient }) => isSameJson(recipient, recipients.get(id) ?? BUYER)) &&
    agreed(live.consents) === agreed(consents)
  )
}

async function readPayment(ports: CheckoutPorts, call: Call, id: string | null): Promise<Stored<Payment> | null> {
  if (id === null) return null
  const [payment] = await readAll(ports.storage, call.scope, byId(payments, id))
  return payment
}
