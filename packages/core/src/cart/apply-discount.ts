import { customers, newCustomer } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import { type Call, type Change, customerHostId, type SignedDiscount } from '../ports/index.ts'
import { FINAL_REFUSALS } from '../pricing/index.ts'
import { type Code, codes } from '../promotion/index.ts'
import { byId, insert, readAll } from '../storage/index.ts'
import { withCode } from './apply-code.ts'
import type { Cart } from './cart.ts'
import type { ApplyDiscountInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import type { OpenedCart } from './open-cart.ts'
import type { PricedCart } from './price-cart.ts'
import { isSameDiscount, signedCode } from './signed-code.ts'

/**
 * Applies a discount that the host's server signed. It becomes a code of its promotion, which the cart then has: budget,
 * limits, stacking, windows and refunds are those of codes, and an order keeps it. One that gives nothing for what is in the
 * cart stays and says why in the quote. A token that is wrong in any way has one answer; the log has the reason.
 * @throws BursarError `code_not_valid`, `cart_full`, `unavailable` while the keys of the issuer cannot be had
 */
export function applyDiscount(
  ports: CartPorts,
  call: Call,
  { cartId, token }: ApplyDiscountInput,
): Promise<CartWithQuote> {
  return changeCart(ports, call, cartId, async (opened) => {
    const discount = await readToken(ports, call, token)
    const code = await codeOf(ports, call, opened, discount)
    const cart = withCode(await withoutOlder(ports, call, opened.stored.body, code), code.id)
    return { cart, accept: (priced) => assertAccepted(ports, call, priced, code.id) }
  })
}

async function readToken(ports: CartPorts, call: Call, token: string): Promise<SignedDiscount> {
  for (const verifier of ports.discountVerifiers ?? []) {
    const answer = await verifier.verify({ token, site: call.scope, now: call.now })
    switch (answer.outcome) {
      case 'valid':
        return answer.discount
      case 'none':
        continue
      case 'wrong':
        throw refused(ports, call, answer.reason)
      case 'unavailable':
        throw new BursarError('unavailable', { cause: new Error(answer.reason), retryAfter: 5 })
    }
  }
  throw refused(ports, call, 'no verifier of the shop takes it')
}

/** The code that the discount is; made when it is first used. */
async function codeOf(ports: CartPorts, call: Call, opened: OpenedCart, discount: SignedDiscount): Promise<Code> {
  if (discount.cart !== null && discount.cart !== opened.stored.id) throw refused(ports, call, 'it is for another cart')
  if (discount.customer !== null && discount.customer !== customerHostId(call.principal)) {
    throw refused(ports, call, 'it is for another customer')
  }
  const { customer, changes } = personOf(ports, call, opened, discount)
  const promotion = (await opened.book.whole()).promotions.get(discount.promotion)
  const drafted = signedCode(discount, { promotion, customer, site: call.scope.site })
  if ('wrong' in drafted) throw refused(ports, call, drafted.wrong)
  return (await storedCode(ports, call, drafted.code)) ?? storeCode(ports, call, drafted.code, changes)
}

/** Somebody who is signed in and has only looked so far has no record yet. */
function personOf(
  ports: CartPorts,
  call: Call,
  { customer }: OpenedCart,
  { customer: hostId }: SignedDiscount,
): { customer: string | null; changes: readonly Change[] } {
  if (hostId === null) return { customer: null, changes: [] }
  if (customer !== null) return { customer: customer.id, changes: [] }
  const made = newCustomer(ports.runtime, call.now, { hostId })
  return { customer: made.id, changes: [insert(customers, made.id, made)] }
}

async function storedCode(ports: CartPorts, call: Call, drafted: Code): Promise<Code | null> {
  const [stored] = await readAll(ports.storage, call.scope, byId(codes, drafted.id))
  if (stored === null) return null
  if (!isSameDiscount(stored.body, drafted)) throw refused(ports, call, 'its id was used for another discount')
  return stored.body
}

/** Stored before the cart is: a code that no cart has changes nothing, and its id says that it is there. */
async function storeCode(ports: CartPorts, call: Call, drafted: Code, changes: readonly Change[]): Promise<Code> {
  const result = await ports.storage.commit(call.scope, [insert(codes, drafted.id, drafted), ...changes])
  if (result.outcome === 'committed') return drafted
  const other = await storedCode(ports, call, drafted)
  // The person's record was made meanwhile: the next try finds it.
  if (other === null) throw new BursarError('version_conflict')
  return other
}

/** Of one promotion the cart has the newest discount that the host signed: the host decides, not the order of hashes. */
async function withoutOlder(ports: CartPorts, call: Call, cart: Cart, code: Code): Promise<Cart> {
  const others = (cart.codes ?? []).filter((id) => id !== code.id)
  const read = await readAll(ports.storage, call.scope, ...others.map((id) => byId(codes, id)))
  const older = new Set(
    read.flatMap((stored) => (stored?.body.signed && stored.body.promotionId === code.promotionId ? [stored.id] : [])),
  )
  return older.size === 0 ? cart : { ...cart, codes: (cart.codes ?? []).filter((id) => !older.has(id)) }
}

function assertAccepted(ports: CartPorts, call: Call, { quote }: PricedCart, id: string): void {
  const refusal = quote.codes.find((one) => one.id === id)?.refusal ?? null
  if (refusal === null || !(FINAL_REFUSALS.includes(refusal) || refusal === 'not_for_you')) return
  throw refused(ports, call, `it is ${refusal}`)
}

/** One answer for whatever is wrong: who tries tokens learns nothing. */
function refused({ logger }: CartPorts, call: Call, reason: string): BursarError {
  logger.warn('a signed discount was refused', { site: call.scope.site, reason })
  return new BursarError('code_not_valid', { message: 'This discount is not valid.', reason: 'not_valid' })
}
