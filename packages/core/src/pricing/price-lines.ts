import { applicableLists, choosePrice } from './choose-price.ts'
import { exactAmount } from './exact-amount.ts'
import { type Places, takePlaces } from './places.ts'
import { type PriceAtPlace, pricesAtPlace } from './price-at-place.ts'
import type { Price, PriceList } from './price-list.ts'
import type { LineRefusal, PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { refuseVariant } from './refuse-variant.ts'
import { splitBundle } from './split-bundle.ts'
import type { RefusedLine, WorkingLine } from './working-line.ts'

/** The lines after the steps of price list and bundle. */
export interface PricedLines {
  /** One for each line of the cart, in its order. */
  readonly all: readonly (WorkingLine | RefusedLine)[]
  /** Those that can be sold, ordered by id, so that nothing after depends on the cart's order. */
  readonly sold: readonly WorkingLine[]
}

/**
 * Gives each line its list price and splits bundles over their parts, or says why it can't be sold. Where places run
 * short, the lines with the smaller ids get them, each whole or not at all.
 *
 * @throws RangeError for a quantity that is no whole number of at least 1, a repeated line id, or an overflow.
 */
export function priceLines(inputs: PricingInputs): PricedLines {
  const shelf: Shelf = {
    ...{ inputs, lists: applicableLists(inputs), places: new Map() },
    atPlace: pricesAtPlace(inputs),
  }
  const byId = new Map<string, WorkingLine | RefusedLine>()
  const sold: WorkingLine[] = []
  for (const source of orderedById(inputs.lines)) {
    const line = priceLine(source, shelf)
    byId.set(source.id, line)
    if (!('refusal' in line)) sold.push(line)
  }
  if (byId.size !== inputs.lines.length) throw new RangeError('Each line id stands once in a cart; one is repeated.')
  return { all: inputs.lines.flatMap(({ id }) => byId.get(id) ?? []), sold }
}

/** What the lines of one cart are priced from. */
interface Shelf {
  readonly inputs: PricingInputs
  /** Those that count, by precedence. */
  readonly lists: readonly PriceList[]
  /** Places that lines before took. */
  readonly places: Places
  /** Their prices at the place of sale. */
  readonly atPlace: PriceAtPlace
}

function priceLine(source: PricedLine, shelf: Shelf): WorkingLine | RefusedLine {
  assertQuantity(source.quantity)
  const variant = shelf.inputs.variants[source.variantId] ?? null
  const refuse = (refusal: LineRefusal): RefusedLine => ({ source, variant, refusal })
  if (variant === null) return refuse('not_published')
  const refusal = refuseVariant(variant, source.quantity, shelf.inputs.variants)
  if (refusal !== null) return refuse(refusal)
  const price = choosePrice(shelf.lists, variant.prices, source.quantity)
  if (price === null) return refuse('no_price')
  const line = shelf.atPlace(startLine({ source, variant, price, shelf }))
  return takePlaces(line, shelf.places) ? line : refuse('sold_out')
}

function startLine(start: { source: PricedLine; variant: PricedVariant; price: Price; shelf: Shelf }): WorkingLine {
  const { source, variant, price, shelf } = start
  const base = exactAmount(price.amount * source.quantity)
  return {
    id: source.id,
    variantId: variant.id,
    productId: variant.productId,
    productType: variant.productType,
    collections: variant.collections,
    quantity: source.quantity,
    unitPrice: price.amount,
    base,
    left: base,
    variant,
    parts:
      variant.bundle === null
        ? [{ id: 'all', variant, base }]
        : splitBundle(variant.bundle, {
            unitPrice: price.amount,
            quantity: source.quantity,
            variants: shelf.inputs.variants,
            lists: shelf.lists,
          }),
    adjustments: [
      {
        step: 'price',
        amount: base,
        cause: { type: 'price_list', priceList: price.priceList, minimumQuantity: price.minimumQuantity },
        reason: price.minimumQuantity > 1 ? `List price for ${price.minimumQuantity} or more` : 'List price',
      },
    ],
  }
}

function orderedById(lines: readonly PricedLine[]): readonly PricedLine[] {
  return lines.length < 2 ? lines : [...lines].sort((left, right) => (left.id < right.id ? -1 : 1))
}

function assertQuantity(quantity: number): void {
  if (Number.isSafeInteger(quantity) && quantity >= 1) return
  throw new RangeError(`A quantity is a whole number of at least 1, not ${quantity}.`)
}
