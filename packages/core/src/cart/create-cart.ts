import { customerRef, customers, newCustomer } from '../customer/index.ts'
import { randomToken, sha256Hex } from '../ids/index.ts'
import { type Call, type Change, customerHostId } from '../ports/index.ts'
import { ownedByNewcomer, PRICING_VERSION_ID, pricingVersions, siteThatOffers } from '../pricing/index.ts'
import { byId, decide, insert, readAll } from '../storage/index.ts'
import { assertReachable } from './assert-reachable.ts'
import { carts } from './cart.collection.ts'
import { type Cart, type CartLine, dayOf } from './cart.ts'
import type { CartWithQuote, CreateCartInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { assertChosen, assertSellable, cartLine, withLine } from './edit-lines.ts'
import { type NamedRecipient, nameRecipient } from './name-recipient.ts'
import { assertSize } from './order-size.ts'
import { placeOfCart } from './place-of-cart.ts'
import { askGuards, cartWithQuote, priceCart, withProducts } from './price-cart.ts'

/**
 * Makes a cart: the customer's, or an anonymous one with a token that only this answer holds.
 * @param id of the new cart; where there is one already, nothing is made
 */
export function createCart(
  ports: CartPorts,
  call: Call,
  input: CreateCartInput,
  id: string = ports.runtime.newId('crt'),
): Promise<CartWithQuote> {
  const token = customerHostId(call.principal) === null ? randomToken(ports.runtime) : undefined
  return decide(ports, call.scope, async () => {
    const [existing, pricing, known = null] = await readAll(
      ports.storage,
      call.scope,
      byId(carts, id),
      byId(pricingVersions, PRICING_VERSION_ID),
      ...customerRef(call),
    )
    const book = ports.books.of(call.scope.operator)
    book.sync(pricing)
    const site = siteThatOffers(await book.whole(), call.scope.site, input.currency)
    const hostId = customerHostId(call.principal)
    const customer = known?.body ?? (hostId === null ? null : newCustomer(ports.runtime, call.now, { hostId }))
    const changes: Change[] = customer !== null && known === null ? [insert(customers, customer.id, customer)] : []
    const { lines, named, changes: people } = await newLines(ports, call, id, input)
    let cart: Cart = {
      id,
      tokenHash: token === undefined ? null : sha256Hex(token),
      customerId: customer?.id ?? null,
      currency: input.currency ?? site.currencies[0] ?? '',
      ...placeOfCart({}, input),
      lines: [],
      createdAt: call.now,
      usedOn: dayOf(call.now),
    }
    for (const line of lines) cart = withLine(cart, line)
    const ownedBy = customer !== null && known === null ? ownedByNewcomer(book, call.scope) : undefined
    const priced = await priceCart(ports, call, { book, customer, ownedBy }, cart)
    const { quote } = priced
    for (const [index, line] of (input.lines ?? []).entries()) {
      const kept = cart.lines.find(({ id: kept }) => kept === line.lineId)
      if (kept !== undefined) assertChosen(priced, kept, `lines.${index}.parts`)
    }
    for (const line of cart.lines) {
      assertSellable(quote, line.id)
      assertReachable(ports, priced, line, named.get(line.id)?.learner ?? null)
    }
    assertSize(quote)
    const kept = withProducts(cart, priced)
    askGuards(ports.guards, 'cart', { cart: kept, quote })
    const answer = { ...cartWithQuote(kept, 1, priced), ...(token === undefined ? {} : { token }) }
    // A lost reply: the first try is there already, under this call's own id.
    if (existing !== null) return { answer }
    return {
      changes: [insert(carts, id, kept), ...changes, ...people],
      done: () => {
        ports.codesAhead.meet(call, customer)
        return answer
      },
    }
  })
}

/** What a new cart is to hold. */
interface NewLines {
  readonly lines: readonly CartLine[]
  /** Who gets each, by line id. */
  readonly named: ReadonlyMap<string, NamedRecipient>
  readonly changes: readonly Change[]
}

async function newLines(ports: CartPorts, call: Call, cartId: string, input: CreateCartInput): Promise<NewLines> {
  const lines: CartLine[] = []
  const named = new Map<string, NamedRecipient>()
  const changes: Change[] = []
  const byEmail = new Map<string, NamedRecipient>()
  for (const { lineId, variantId, quantity = 1, parts, recipient } of input.lines ?? []) {
    const email = recipient?.type === 'email' ? recipient.email.toLowerCase() : ''
    const known = byEmail.get(email)
    const person = known ?? (await nameRecipient(ports, call, cartId, recipient))
    if (email !== '') byEmail.set(email, person)
    named.set(lineId, person)
    lines.push(cartLine({ id: lineId, variantId, quantity, parts, recipient: person.recipient }))
    if (known === undefined) changes.push(...person.changes)
  }
  return { lines, named, changes }
}
