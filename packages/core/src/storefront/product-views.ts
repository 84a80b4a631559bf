import {
  type BundlePart,
  bundleParts,
  type PriceTier,
  type Product,
  type ProductView,
  type Publication,
  shownProductFields,
  shownVariant,
  type VariantView,
} from '../catalog/index.ts'
import type { Call } from '../ports/index.ts'
import {
  applicableLists,
  type BookEntry,
  choosePrice,
  type Gathered,
  gatherPricingInputs,
  lowestRecent,
  type PricedLine,
  type PricedVariant,
  type PricingInputs,
  quote,
  refusePart,
} from '../pricing/index.ts'
import type { Shelf } from './open-shelf.ts'
import type { StorefrontPorts } from './storefront-ports.ts'

/** A product that is shown, with its publication. */
export interface ShownProduct {
  /** The product. */
  product: Product
  /** Its publication on the site. */
  publication: Publication
}

/**
 * Products as shoppers see them, with list prices of one piece. Whether a variant can be bought is asked of the engine
 * that prices carts, so that a page never offers what a cart would refuse.
 */
export async function productViews(
  ports: StorefrontPorts,
  call: Call,
  shelf: Shelf,
  shown: readonly ShownProduct[],
): Promise<ProductView[]> {
  const ids = shown.flatMap(({ product }) => product.variants)
  const gathered = await gatherPricingInputs(ports, call, shelf.book, {
    lines: ids.map((variantId) => ({ id: variantId, variantId, quantity: 1 })),
    codes: [],
    currency: shelf.currencies[0] ?? '',
    country: null,
    region: null,
    shopper: shelf.shopper,
    taxExemption: null,
    holds: [],
  })
  const inputs = shelf.currencies.map((currency) => inputsIn(currency, gathered))
  return shown.map(({ product, publication }) => ({
    id: product.id,
    slug: publication.slug,
    type: product.type,
    ...shownProductFields(product),
    variants: product.variants.flatMap((id) => {
      const entry = gathered.entries.get(id) ?? null
      return entry === null || entry.variant.status === 'archived' ? [] : [variantView(entry, gathered, inputs)]
    }),
  }))
}

/** Inputs that price single variants in a currency, by list prices alone. */
function inputsIn(currency: string, { inputs, site, whole }: Gathered): PricingInputs {
  const lists = site.priceLists.flatMap((id) => whole.priceLists.get(id) ?? [])
  const priceLists = lists.filter((list) => list.currency === currency && list.status === 'active')
  return { ...inputs, currency, priceLists, promotions: [], codes: [], lines: [] }
}

function variantView(entry: BookEntry, { entries, inputs }: Gathered, byCurrency: PricingInputs[]): VariantView {
  const { variant } = entry
  const priced = inputs.variants[variant.id]
  const price = priced === undefined ? null : firstPrice(priced, byCurrency)
  return {
    ...shownVariant(variant),
    price: price === null ? null : { amount: price.amount, currency: price.inputs.currency },
    ...(priced === undefined || price === null ? {} : comparison(entry, price)),
    ...(priced === undefined || price === null ? {} : tiersOf(priced, price)),
    parts: (variant.bundle === null ? [] : bundleParts(variant.bundle)).flatMap(({ id, variantId }) => {
      const part = entries.get(variantId) ?? null
      return part === null ? [] : [{ id, variantId, productId: part.product.id, title: part.product.title }]
    }),
    onSale: priced !== undefined && price !== null && canBeBought(priced, price.inputs),
  }
}

interface FirstPrice {
  readonly amount: number
  readonly compareAt: number | null
  readonly inputs: PricingInputs
}

/** What a reduced price is compared with. */
function comparison(
  prices: BookEntry,
  { compareAt, inputs }: FirstPrice,
): Pick<VariantView, 'compareAt' | 'lowestRecent'> {
  if (compareAt === null) return {}
  const { currency } = inputs
  const lowest = lowestRecent(prices, inputs)
  return {
    compareAt: { amount: compareAt, currency },
    ...(lowest === null ? {} : { lowestRecent: { amount: lowest, currency } }),
  }
}

/** What one unit costs in larger quantities, as a line of so many would be priced. */
function tiersOf(
  { prices, bundle, maximumQuantity }: PricedVariant,
  { amount, inputs }: FirstPrice,
): Pick<VariantView, 'tiers'> {
  if (bundle !== null) return {}
  const lists = applicableLists(inputs)
  const wanted = prices.map(({ minimumQuantity }) => minimumQuantity).filter((one) => one > 1 && one <= maximumQuantity)
  const tiers: PriceTier[] = []
  for (const minimumQuantity of [...new Set(wanted)].sort((left, right) => left - right)) {
    const price = choosePrice(lists, prices, minimumQuantity)
    if (price === null || price.amount === (tiers.at(-1)?.price.amount ?? amount)) continue
    tiers.push({ minimumQuantity, price: { amount: price.amount, currency: inputs.currency } })
  }
  return tiers.length === 0 ? {} : { tiers }
}

function firstPrice(variant: PricedVariant, byCurrency: readonly PricingInputs[]): FirstPrice | null {
  for (const inputs of byCurrency) {
    if (variant.bundle !== null && variant.bundle.pricing.type !== 'own_price') {
      const amount = sumOfBundle(variant, inputs)
      if (amount !== null) return { amount, compareAt: null, inputs }
      continue
    }
    const price = choosePrice(applicableLists(inputs), variant.prices, 1)
    if (price !== null) return { amount: price.amount, compareAt: price.compareAt ?? null, inputs }
  }
  return null
}

/** What a bundle that is priced by its parts costs with the first choice that is sold, or null where one of them has no price. */
function sumOfBundle(variant: PricedVariant, inputs: PricingInputs): number | null {
  const always = { ...variant, refusal: null, placesLeft: null }
  const variants = { ...inputs.variants, [variant.id]: always }
  const [line] = quote({ ...inputs, variants, lines: [lineOf(always, inputs)] }).lines
  return line === undefined || line.refusal !== null ? null : line.unitPrice
}

function canBeBought(variant: PricedVariant, inputs: PricingInputs): boolean {
  const { lines } = quote({ ...inputs, lines: [lineOf(variant, inputs)] })
  return lines.every(({ refusal }) => refusal === null)
}

/** One of a variant; of the groups of a bundle the first parts that are sold are chosen, else the first ones. */
function lineOf({ id, bundle }: PricedVariant, { variants }: PricingInputs): PricedLine {
  const isSold = ({ variantId }: BundlePart) => {
    const variant = variants[variantId]
    return variant !== undefined && refusePart(variant) === null
  }
  const parts = (bundle?.groups ?? []).flatMap((group) => {
    const chosen = [...group.parts.filter(isSold), ...group.parts.filter((part) => !isSold(part))]
    return chosen.slice(0, group.choose).map((part) => part.id)
  })
  return { id, variantId: id, quantity: 1, ...(parts.length === 0 ? {} : { parts }) }
}
