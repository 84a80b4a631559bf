import { customerRef } from '../customer/index.ts'
import type { Call } from '../ports/index.ts'
import {
  type BookEntry,
  type CreateQuoteInput,
  gatherPricingInputs,
  PRICING_VERSION_ID,
  type PriceBook,
  type PricedLine,
  pricingVersions,
  type Quote,
  reckonable,
  siteThatOffers,
} from '../pricing/index.ts'
import type { Code } from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { isWithin } from '../time/index.ts'
import { findCode } from './apply-code.ts'
import type { CartPorts } from './cart-ports.ts'
import { placeOfCart } from './place-of-cart.ts'
import { ownerOf, shopperFacts } from './price-cart.ts'

/** Prices lines for the caller without writing anything: what a course page or an LMS's upgrade button shows. */
export async function createQuotes(
  ports: CartPorts,
  call: Call,
  input: CreateQuoteInput,
): Promise<{ quotes: readonly Quote[] }> {
  const [pricing, customer = null] = await readAll(
    ports.storage,
    call.scope,
    byId(pricingVersions, PRICING_VERSION_ID),
    ...customerRef(call),
  )
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const site = siteThatOffers(await book.whole(), call.scope.site, input.currency)
  const typed = await Promise.all((input.codes ?? []).map((code) => findCode(ports, call, code)))
  const lines: PricedLine[] = input.lines.map((line, index) => ({
    id: `l${index}`,
    variantId: line.variantId,
    quantity: line.quantity ?? 1,
    ...(line.parts === undefined ? {} : { parts: line.parts }),
  }))
  const { inputs, entries } = await gatherPricingInputs(ports, call, book, {
    lines,
    codes: typed.flatMap((code) => (code === null || isHidden(code) ? [] : [code.id])),
    currency: input.currency ?? site.currencies[0] ?? '',
    country: input.country ?? null,
    region: placeOfCart({}, input).region ?? null,
    shopper: shopperFacts(customer?.body ?? null),
    taxExemption: customer?.body.taxExemption ?? null,
    owner: ownerOf(customer?.body ?? null),
    holds: [],
  })
  const carts = input.mode === 'together' ? [lines] : lines.map((line) => [line])
  const shown = await shownVariants(book, call, { site, entries: [...entries.values()] })
  return { quotes: carts.map((some) => unnamed(reckonable({ ...inputs, lines: some }, ports.rules).quote, shown)) }
}

/** Variants whose products are on the site now, sold or not. */
async function shownVariants(
  book: PriceBook,
  call: Call,
  { site, entries }: { site: Site; entries: readonly (BookEntry | null)[] },
): Promise<ReadonlySet<string>> {
  const known = entries.flatMap((entry) => (entry?.product.status === 'active' ? [entry] : []))
  const published = await book.publications(site.id, [...new Set(known.map(({ product }) => product.id))])
  const shown = known.filter(({ product }) => {
    const publication = published.get(product.id) ?? null
    return publication !== null && isWithin(publication, call.now)
  })
  return new Set(shown.map(({ variant }) => variant.id))
}

/** What is not on the site now is not named to whoever has an id: it looks like what is not there. A cart names what it holds. */
function unnamed(quote: Quote, shown: ReadonlySet<string>): Quote {
  const lines = quote.lines.map((line) =>
    line.refusal === null || shown.has(line.variantId)
      ? line
      : { ...line, productId: '', title: '', variantName: '', refusal: 'not_published' as const },
  )
  return { ...quote, lines }
}

/** A code for one use or one person is typed into a cart, where tries are counted: here anybody could try them by the thousand. */
const isHidden = ({ uses, assignedTo }: Code): boolean => uses === 1 || Boolean(assignedTo)
