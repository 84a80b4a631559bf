import { type Cart, type CartPorts, carts, subjectOfCart } from '../cart/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { type Customer, customers } from '../customer/index.ts'
import { refuseInput } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import {
  gatherPricingInputs,
  PRICING_VERSION_ID,
  type PriceBook,
  type PricingSubject,
  pricingVersions,
  type QuoteLineInput,
  quote,
  reckonable,
  siteThatOffers,
} from '../pricing/index.ts'
import type { NewPromotion, Promotion, PromotionKinds } from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { asIfLive, previewSums, promotionToTry } from './preview-promotion.ts'

/** A cart of the site as it is, or lines that somebody could buy. */
export type CartToPreview =
  | {
      type: 'cart'
      /** Cart id. */
      cartId: string
    }
  | {
      type: 'lines'
      /** 1 to 50. */
      lines: readonly QuoteLineInput[]
      /** ISO 4217 code. @default the site's first */
      currency?: string | undefined
      /** Place of sale, ISO 3166-1 alpha-2. @default the site's */
      country?: string | undefined
      /** Part of that country. Only with `country`. */
      region?: string | undefined
      /** Customer id: whose groups, rights and uses count. @default somebody who is not signed in */
      customerId?: string | undefined
      /** Customer groups that count besides theirs, at most 20. @default none */
      groups?: readonly string[] | undefined
    }

/** What to try, and on which carts. */
export interface PreviewCartsInput {
  /** The promotion, live or not. */
  promotion: NewPromotion
  /** 1 to 50. */
  carts: readonly CartToPreview[]
}

/** What a promotion would give to one cart. */
export interface PreviewedCart {
  /** Cart id, or null where lines were given. */
  cartId: string | null
  /** ISO 4217 code. */
  currency: string
  /** What is to be paid without it, minor units; taxes are by the site's tables. */
  total: number
  /** What is to be paid with it. */
  totalWith: number
  /** Taken off without it, minor units in the prices' basis. */
  discount: number
  /** Taken off with it. */
  discountWith: number
  /** What it would give away: the difference. Below 0 where it stands in for a better one of the same id. */
  given: number
}

/** What a promotion would give away on carts. */
export interface CartsPreview {
  /** In the order asked. */
  items: readonly PreviewedCart[]
  /** Sums by currency of the carts that it would change. */
  sums: readonly { currency: string; carts: number; given: number }[]
}

type Ports = CartPorts & AdminPorts & { kinds: PromotionKinds }

/**
 * Prices carts as they are now without a promotion and with it, though it need not be live: its window and its code are taken
 * as given, its limits count from what was used of them. One of the same id is replaced. It writes nothing.
 * @throws BursarError `invalid_input` for a promotion that could not be made, and for a cart or a customer that is not there,
 * `currency_not_offered` for lines in one that the site does not sell in
 */
export async function previewCarts(ports: Ports, call: Call, input: PreviewCartsInput): Promise<CartsPreview> {
  const promotion = await promotionToTry(ports, call, input.promotion)
  const [pricing] = await readAll(ports.storage, call.scope, byId(pricingVersions, PRICING_VERSION_ID))
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const whole = await book.whole()
  const found = await findCarts(ports, call, input.carts)
  const items: PreviewedCart[] = []
  for (const one of found) {
    const subject =
      'cart' in one
        ? subjectOfCart(one.cart, one.customer)
        : subjectOfLines(one, siteThatOffers(whole, call.scope.site, one.lines.currency))
    const cartId = 'cart' in one ? one.cart.id : null
    items.push({ cartId, ...(await tryOn(ports, call, { book, subject, promotion })) })
  }
  const changed = items.filter(({ given }) => given !== 0)
  return { items, sums: previewSums(changed).map(({ count, ...sum }) => ({ ...sum, carts: count })) }
}

async function tryOn(
  ports: Ports,
  call: Call,
  { book, subject, promotion }: { book: PriceBook; subject: PricingSubject; promotion: Promotion },
): Promise<Omit<PreviewedCart, 'cartId'>> {
  const live = asIfLive(promotion)
  const gathered = await gatherPricingInputs(ports, call, book, { ...subject, tried: live })
  const { inputs } = reckonable(gathered.inputs, ports.rules)
  const tried = inputs.promotions.filter((one) => one.id === promotion.id).at(-1)
  const others = inputs.promotions.filter((one) => one !== tried)
  const without = quote({ ...inputs, promotions: others }, ports.rules)
  const withIt = quote(
    {
      ...inputs,
      promotions: [...others.filter(({ id }) => id !== promotion.id), ...(tried === undefined ? [] : [tried])],
    },
    ports.rules,
  )
  return {
    ...{ currency: subject.currency, total: without.total, totalWith: withIt.total },
    ...{ discount: without.discount, discountWith: withIt.discount, given: withIt.discount - without.discount },
  }
}

type FoundCart =
  | { cart: Cart; customer: Customer | null }
  | { lines: Extract<CartToPreview, { type: 'lines' }>; customer: Customer | null }

/** Each cart with its customer. @throws BursarError `invalid_input` that names what is not there */
async function findCarts(ports: Ports, call: Call, asked: readonly CartToPreview[]): Promise<FoundCart[]> {
  const stored = await readAll(
    ports.storage,
    call.scope,
    ...asked.map((one) => byId(carts, one.type === 'cart' ? one.cartId : 'none')),
  )
  const owners = asked.map((one, place) =>
    one.type === 'cart' ? (stored[place]?.body.customerId ?? null) : (one.customerId ?? null),
  )
  const people = await readAll(ports.storage, call.scope, ...owners.map((id) => byId(customers, id ?? 'nobody')))
  refuseInput(
    asked.flatMap((one, place) => {
      if (one.type === 'cart') {
        return stored[place] ? [] : [{ path: `carts.${place}.cartId`, message: 'is no cart of this site' }]
      }
      const isThere = one.customerId === undefined || Boolean(people[place])
      return isThere ? [] : [{ path: `carts.${place}.customerId`, message: 'is no customer' }]
    }),
  )
  return asked.flatMap((one, place): FoundCart[] => {
    const customer = people[place]?.body ?? null
    const cart = stored[place]?.body
    if (one.type === 'lines') return [{ lines: one, customer }]
    return cart === undefined ? [] : [{ cart, customer }]
  })
}

/** Lines are priced as a cart of theirs would be. */
function subjectOfLines(
  { lines: asked, customer }: Extract<FoundCart, { lines: unknown }>,
  { currencies }: Site,
): PricingSubject {
  const { lines, currency = currencies[0] ?? '', country, region, groups = [] } = asked
  const cart: Pick<Cart, 'lines' | 'currency' | 'country' | 'region'> = {
    lines: lines.map((line, place) => ({ id: `l${place}`, ...line })),
    ...{ currency, country, region: country === undefined ? undefined : region },
  }
  const subject = subjectOfCart(cart, customer)
  return { ...subject, shopper: { ...subject.shopper, groups: [...new Set([...subject.shopper.groups, ...groups])] } }
}
