import { BursarError, isBursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { FINAL_REFUSALS, isSecretive, type QuoteCode } from '../pricing/index.ts'
import { type Code, codes, normaliseCode } from '../promotion/index.ts'
import { byKey, readAll } from '../storage/index.ts'
import { type Cart, MAXIMUM_CODES } from './cart.ts'
import type { ApplyCodeInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { codeTry } from './code-tries.ts'
import type { PricedCart } from './price-cart.ts'

/** No code has this id. It takes the way of one that is there, so that nobody can tell by the time that it takes. */
const NO_CODE = 'none'

/**
 * Applies a code. One of many uses that could apply to another cart stays in this one and says in the quote why it gives
 * nothing. One of a single use that is wrong in any way is not valid, in the same time, and no more is said of it, unless
 * it was assigned to this customer.
 * @throws BursarError `code_not_valid`, `rate_limited` after ten codes of a customer or cart that were wrong
 */
export async function applyCode(ports: CartPorts, call: Call, input: ApplyCodeInput): Promise<CartWithQuote> {
  const attempt = codeTry(ports, call, input.cartId)
  // Read with the cart, in one round trip. Nothing is said of it before the try is taken.
  let ahead: Promise<Code | null> | null = findCode(ports, call, input.code)
  ahead.catch(() => {}) // what opens the cart says it first
  try {
    const answer = await changeCart(ports, call, input.cartId, async ({ stored, customer }) => {
      await attempt.begin(customer?.id ?? null)
      const code = await (ahead ?? findCode(ports, call, input.code))
      ahead = null // decided anew, it is read anew
      const id = code?.id ?? NO_CODE
      return {
        cart: withCode(stored.body, id),
        changes: attempt.end(),
        // Found or not, it is not read again: both take the same time.
        knownCodes: new Map([[id, code]]),
        accept: (priced) => assertCode(priced, id),
      }
    })
    await attempt.giveBack('accepted')
    return answer
  } catch (error) {
    if (!isBursarError(error, 'code_not_valid')) await attempt.giveBack('failed')
    throw error
  }
}

/** Finds a code by what was typed: the site's own before one of all sites. */
export async function findCode(ports: Pick<CartPorts, 'storage'>, call: Call, typed: string): Promise<Code | null> {
  const word = normaliseCode(typed)
  const [own, common] = await readAll(
    ports.storage,
    call.scope,
    byKey(codes, 'code', word, call.scope.site),
    byKey(codes, 'code', word, '*'),
  )
  const found = own?.body ?? common?.body ?? null
  // What the host signed is in a cart by its token: one who reads its name in a quote cannot type it into another.
  return found?.signed ? null : found
}

/** The cart with a code more. @throws BursarError `cart_full` */
export function withCode(cart: Cart, codeId: string): Cart {
  const existing = cart.codes ?? []
  if (existing.includes(codeId)) return cart
  if (existing.length >= MAXIMUM_CODES) {
    throw new BursarError('cart_full', { message: `A cart holds at most ${MAXIMUM_CODES} codes.` })
  }
  return { ...cart, codes: [...existing, codeId] }
}

function assertCode({ quote, gathered }: PricedCart, id: string): void {
  const answer = quote.codes.find((one) => one.id === id)
  const code = gathered.inputs.codes.find((one) => one.id === id)
  if (answer === undefined || code === undefined) throw new BursarError('code_not_valid', { reason: 'not_valid' })
  const { refusal } = answer
  if (isSecretive(code)) {
    if (isWrong(answer)) throw new BursarError('code_not_valid', { reason: 'not_valid' })
    return
  }
  if (refusal !== null && FINAL_REFUSALS.includes(refusal)) throw new BursarError('code_not_valid', { reason: refusal })
}

/** A code that gives nothing only because others give more is not wrong. */
const isWrong = ({ refusal }: QuoteCode): boolean => refusal !== null && refusal !== 'not_with_others'
