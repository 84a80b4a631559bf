import { BursarError, isBursarError } from '../errors/index.ts'
import type { Call, Ref } from '../ports/index.ts'
import { FINAL_REFUSALS, isSecretive, type PricedCode, type QuoteCode } from '../pricing/index.ts'
import { type Code, codes, normaliseCode, normaliseCodeAsBefore } from '../promotion/index.ts'
import { byKey, counter, readAll } from '../storage/index.ts'
import { type Cart, MAXIMUM_CODES } from './cart.ts'
import type { ApplyCodeInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { type CartEdit, changeCart } from './change-cart.ts'
import { codeTry, triesCounter } from './code-tries.ts'
import type { OpenedCart } from './open-cart.ts'
import type { PricedCart } from './price-cart.ts'
import { tryAtOnce } from './try-at-once.ts'

/** No code has this id. It takes the way of one that is there, so that nobody can tell by the time that it takes. */
const NO_CODE = 'none'

/**
 * Applies a code. One of many uses that could apply to another cart stays in this one and says in the quote why it gives
 * nothing. One of a single use that is wrong in any way is not valid, in the same time, and no more is said of it, unless
 * it was assigned to this customer.
 *
 * A try is taken before it is said that the code is wrong, and must be free for one that is right: of many guesses at once no
 * more than the limit are answered, on however many servers.
 * @throws BursarError `code_not_valid`, `rate_limited` after ten codes of a customer or cart that were wrong
 */
export async function applyCode(ports: CartPorts, call: Call, input: ApplyCodeInput): Promise<CartWithQuote> {
  return (await applyAtOnce(ports, call, input)) ?? applyAfterTry(ports, call, input)
}

/** The commit that stores the cart proves that a try is free. Null where none was: those that are over are to be let go first. */
async function applyAtOnce(ports: CartPorts, call: Call, input: ApplyCodeInput): Promise<CartWithQuote | null> {
  const attempt = tryAtOnce(ports, call, input.cartId)
  const word = normaliseCode(input.code)
  const edit = async ({ stored, customer, reading }: OpenedCart): Promise<CartEdit> => {
    const customerId = customer?.id ?? null
    const isFree = await attempt.begin(customerId, reading.storage)
    const code = await findCode({ storage: reading.storage }, call, input.code)
    return {
      ...editOf(stored.body, code),
      changes: [isFree],
      onConflict: ({ why }) => (why === 'limit' ? attempt.full() : 'again'),
      accept: (priced) => void acceptedCode(priced, code),
      stored(priced) {
        const accepted = acceptedCode(priced, code)
        if (priced.gathered.inputs.codes.length > 1) return // not of this code alone
        ports.codesAhead.accepted(call, word, { customerId, code: accepted, asked: reading.asked })
      },
    }
  }
  try {
    return await changeCart(ports, call, input.cartId, edit, askedAhead(ports, call, input))
  } catch (error) {
    if (await attempt.mayAnswer(error)) throw error
    return null
  } finally {
    attempt.end()
  }
}

/** What will be asked of a code, as far as it was asked the last time. */
function askedAhead({ codesAhead }: CartPorts, call: Call, { cartId, code }: ApplyCodeInput): readonly Ref[] {
  const customerId = codesAhead.customerOf(call)
  const word = normaliseCode(code)
  return [
    ...codeRefs(call, code),
    counter(triesCounter(customerId, cartId)),
    ...codesAhead.refsOf(call, word, customerId),
  ]
}

/** The try is taken by a commit of its own, before the code is looked at. */
async function applyAfterTry(ports: CartPorts, call: Call, input: ApplyCodeInput): Promise<CartWithQuote> {
  const attempt = codeTry(ports, call, input.cartId)
  try {
    const answer = await changeCart(ports, call, input.cartId, async ({ stored, customer }) => {
      await attempt.begin(customer?.id ?? null)
      const code = await findCode(ports, call, input.code)
      return {
        ...editOf(stored.body, code),
        changes: attempt.end(),
        accept: (priced) => void acceptedCode(priced, code),
      }
    })
    await attempt.giveBack('accepted')
    return answer
  } catch (error) {
    if (!isBursarError(error, 'code_not_valid')) await attempt.giveBack('failed')
    throw error
  }
}

/** The cart with a code. Found or not, it is not read again: both take the same time. */
function editOf(cart: Cart, code: Code | null): Pick<CartEdit, 'cart' | 'knownCodes'> {
  const id = code?.id ?? NO_CODE
  return { cart: withCode(cart, id), knownCodes: new Map([[id, code]]) }
}

/** Finds a code by what was typed: one that is not revoked before one that is, then the site's own before one of all sites. */
export async function findCode(ports: Pick<CartPorts, 'storage'>, call: Call, typed: string): Promise<Code | null> {
  const read = await readAll(ports.storage, call.scope, ...codeRefs(call, typed))
  const there = read.flatMap((code) => code?.body ?? [])
  const found = there.find(({ status }) => status === 'active') ?? there[0] ?? null
  // What the host signed is in a cart by its token: one who reads its name in a quote cannot type it into another.
  return found?.signed ? null : found
}

/** A code of the site, and one of all sites; each as it would be stored now, after how it was stored by releases before. */
function codeRefs(call: Call, typed: string) {
  const words = new Set([normaliseCodeAsBefore(typed), normaliseCode(typed)])
  return [call.scope.site, '*'].flatMap((site) => [...words].map((word) => byKey(codes, 'code', word, site)))
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

/** The code as it was priced. @throws BursarError `code_not_valid` */
function acceptedCode({ quote, gathered }: PricedCart, found: Code | null): PricedCode {
  const id = found?.id ?? NO_CODE
  const answer = quote.codes.find((one) => one.id === id)
  const code = gathered.inputs.codes.find((one) => one.id === id)
  if (answer === undefined || code === undefined) throw new BursarError('code_not_valid', { reason: 'not_valid' })
  const { refusal } = answer
  if (isSecretive(code)) {
    if (isWrong(answer)) throw new BursarError('code_not_valid', { reason: 'not_valid' })
  } else if (refusal !== null && FINAL_REFUSALS.includes(refusal)) {
    throw new BursarError('code_not_valid', { reason: refusal })
  }
  return code
}

/** A code that gives nothing only because others give more is not wrong. */
const isWrong = ({ refusal }: QuoteCode): boolean => refusal !== null && refusal !== 'not_with_others'
