import type { CartWithQuote } from '../cart/index.ts'
import { type CommerceClient, clientBuilder, type Invoke, routes } from '../contract/index.ts'
import { BursarError, isBursarError } from '../errors/index.ts'
import type { LocalSubject } from './commerce-subject.ts'

/** A server that is wrong in one named way, made of a right one: {@link commerceContract} must find each. */
export interface CommerceFault {
  /** What is wrong. */
  readonly name: string
  /** Makes a right subject wrong. */
  spoil(subject: LocalSubject): LocalSubject
}

type Call = Parameters<Invoke>
/** Does a call as the right server does it, once the fault had its way with it. */
type Spoil = (call: Call, invoke: (...call: Call) => Promise<unknown>) => Promise<unknown>

const build = clientBuilder<CommerceClient>(routes)

/** Servers that are wrong, each in one way that has been seen in the wild. */
export const commerceFaults: readonly CommerceFault[] = [
  fault('keys are ignored', ([name, input, options, route], invoke) =>
    invoke(name, input, name === 'carts.checkout' ? options : { ...options, idempotencyKey: undefined }, route),
  ),
  fault('a purchase needs no key', ([name, input, options, route], invoke) =>
    invoke(name, input, { idempotencyKey: crypto.randomUUID(), ...options }, route),
  ),
  fault('versions are not compared', ([name, input, options, route], invoke) =>
    invoke(name, input, { ...options, ifVersion: undefined }, route),
  ),
  fault('unknown members are dropped in silence', ([name, input, options, route], invoke) => {
    const { price: _, total: __, metadata2: ___, ...known } = input as Record<string, unknown>
    return invoke(name, known, options, route)
  }),
  fault('quantities are rounded instead of refused', ([name, input, options, route], invoke) => {
    const { quantity } = input as { quantity?: unknown }
    const rounded =
      typeof quantity === 'number' && quantity < 1000 ? { quantity: Math.max(1, Math.ceil(quantity)) } : {}
    return invoke(name, { ...(input as object), ...rounded }, options, route)
  }),
  fault('numbers are read out of texts', ([name, input, options, route], invoke) => {
    const { quantity } = input as { quantity?: unknown }
    const read = typeof quantity === 'string' ? { quantity: Number(quantity) } : {}
    return invoke(name, { ...(input as object), ...read }, options, route)
  }),
  fault('the total that the shopper saw is not compared', async ([name, input, options, route], invoke) => {
    try {
      return await invoke(name, input, options, route)
    } catch (error) {
      if (!isBursarError(error, 'price_changed')) throw error
      const { cartId } = input as { cartId: string }
      const { quote } = (await invoke('carts.get', { cartId }, {}, route)) as CartWithQuote
      return invoke(
        name,
        { ...(input as object), expectedTotal: { amount: quote.total, currency: quote.currency } },
        options,
        route,
      )
    }
  }),
  fault('consents that were refused count as given', ([name, input, options, route], invoke) => {
    const { consents } = input as { consents?: readonly object[] }
    const given = consents === undefined ? {} : { consents: consents.map((consent) => ({ ...consent, given: true })) }
    return invoke(name, { ...(input as object), ...given }, options, route)
  }),
  fault('another’s record is forbidden, which says that it is there', async ([name, input, options, route], invoke) => {
    const { cartId = '', orderId = '' } = input as { cartId?: string; orderId?: string }
    return invoke(name, input, options, route).catch((error: unknown) => {
      // Ids that the server itself made are 30 characters long, and their first digits are a time.
      const isReal = /_0[1-9]/.test(cartId + orderId)
      throw isBursarError(error, 'not_found') && isReal ? new BursarError('forbidden') : error
    })
  }),
  fault('who is not signed in is forbidden', (call, invoke) =>
    invoke(...call).catch((error: unknown) => {
      throw isBursarError(error, 'unauthenticated') ? new BursarError('forbidden') : error
    }),
  ),
  fault('every answer has the cart’s token', async (call, invoke) => {
    const answer = (await invoke(...call)) as object
    return 'cart' in answer ? { token: 'a-token-that-opens-the-cart', ...answer } : answer
  }),
  fault('amounts are decimals', async (call, invoke) => {
    const answer = (await invoke(...call)) as object
    if (!('quote' in answer)) return answer
    const { quote } = answer as CartWithQuote
    return { ...answer, quote: { ...quote, total: quote.total / 100 + 0.001 } }
  }),
  fault('a sum is off by one', async (call, invoke) => {
    const answer = (await invoke(...call)) as object
    if (!('quote' in answer)) return answer
    const { quote } = answer as CartWithQuote
    return { ...answer, quote: { ...quote, tax: quote.tax + 1 } }
  }),
  fault('instants are objects', async (call, invoke) => {
    const answer = (await invoke(...call)) as { order?: { createdAt: string } }
    if (answer.order === undefined) return answer
    return { ...answer, order: { ...answer.order, createdAt: new Date(answer.order.createdAt) } }
  }),
  fault('removing what is not there is an error', async ([name, input, options, route], invoke) => {
    if (name !== 'carts.removeLine') return invoke(name, input, options, route)
    const { cartId, lineId } = input as { cartId: string; lineId: string }
    const { cart } = (await invoke('carts.get', { cartId }, {}, route)) as CartWithQuote
    if (cart.lines.every(({ id }) => id !== lineId)) throw new BursarError('not_found')
    return invoke(name, input, options, route)
  }),
  fault('a card number goes through', (call, invoke) =>
    invoke(...call).catch((error: unknown) => {
      throw isBursarError(error, 'card_number_refused')
        ? new BursarError('code_not_valid', { reason: 'not_valid' })
        : error
    }),
  ),
  fault('issues name no place', (call, invoke) =>
    invoke(...call).catch((error: unknown) => {
      throw isBursarError(error, 'invalid_input') ? new BursarError('invalid_input') : error
    }),
  ),
  fault('a customer’s cart is not found again', (call, invoke) =>
    call[0] === 'me.cart' ? Promise.resolve(null) : invoke(...call),
  ),
  fault('a merge needs no token', async ([name, input, options, route], invoke) => {
    const { fromToken } = input as { fromToken?: string }
    if (name !== 'carts.merge' || fromToken !== undefined) return invoke(name, input, options, route)
    return invoke('carts.get', { cartId: (input as { cartId: string }).cartId }, {}, route)
  }),
  fault('every page is the first', ([name, input, options, route], invoke) => {
    const { cursor: _, ...rest } = input as Record<string, unknown>
    return invoke(name, rest, options, route)
  }),
  fault('a code that is none is taken in silence', async ([name, input, options, route], invoke) =>
    invoke(name, input, options, route).catch((error: unknown) => {
      if (!isBursarError(error, 'code_not_valid')) throw error
      return invoke('carts.get', { cartId: (input as { cartId: string }).cartId }, {}, route)
    }),
  ),
]

function fault(name: string, spoil: Spoil): CommerceFault {
  const wrong = (client: CommerceClient): CommerceClient => {
    // Each noun and method of the client is one of the table that `build` is made of.
    const nouns = client as unknown as Record<
      string,
      Record<string, (input: unknown, options: unknown) => Promise<unknown>>
    >
    const right = async (...[operation, input, options]: Call): Promise<unknown> => {
      const [noun = '', method = ''] = operation.split('.')
      return nouns[noun]?.[method]?.(input, options)
    }
    return build((...call) => spoil(call, right))
  }
  return {
    name,
    spoil: (subject) => ({
      ...subject,
      shopper: (cartToken) => wrong(subject.shopper(cartToken)),
      customer: (which, cartToken) => wrong(subject.customer(which, cartToken)),
    }),
  }
}
