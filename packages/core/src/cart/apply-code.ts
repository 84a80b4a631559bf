import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import type { CodeRefusal } from '../pricing/index.ts'
import { type Code, codes, normaliseCode } from '../promotion/index.ts'
import { byKey, readAll } from '../storage/index.ts'
import { type Cart, MAXIMUM_CODES } from './cart.ts'
import type { ApplyCodeInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import type { PricedCart } from './price-cart.ts'

/** Refusals that no change of the cart can heal: the code is not kept. */
const FINAL: readonly CodeRefusal[] = ['not_valid', 'not_yet_valid', 'expired', 'used_up', 'used_by_you']

/**
 * Applies a code. One that could apply to another cart stays in this one and says in the quote why it gives nothing.
 * @throws BursarError `code_not_valid`; the reason is told for codes of many uses only, so that single ones can't be probed
 */
export function applyCode(ports: CartPorts, call: Call, input: ApplyCodeInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, async ({ stored }) => {
    const code = await findCode(ports, call, input.code)
    if (code === null) throw new BursarError('code_not_valid', { reason: 'not_valid' })
    return { cart: withCode(stored.body, code.id), accept: (priced) => assertCode(priced, code) }
  })
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
  return own?.body ?? common?.body ?? null
}

function withCode(cart: Cart, codeId: string): Cart {
  const existing = cart.codes ?? []
  if (existing.includes(codeId)) return cart
  if (existing.length >= MAXIMUM_CODES) {
    throw new BursarError('cart_full', { message: `A cart holds at most ${MAXIMUM_CODES} codes.` })
  }
  return { ...cart, codes: [...existing, codeId] }
}

function assertCode({ quote }: PricedCart, code: Code): void {
  const refusal = quote.codes.find(({ id }) => id === code.id)?.refusal ?? null
  if (refusal === null || !FINAL.includes(refusal)) return
  throw new BursarError('code_not_valid', { reason: code.uses === 1 ? 'not_valid' : refusal })
}
