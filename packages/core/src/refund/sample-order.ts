import { draftProductFields, draftVariant, type Product } from '../catalog/index.ts'
import { hashOf } from '../ids/index.ts'
import { type Order, type OrderSource, orderFromQuote } from '../order/index.ts'
import { type BookEntry, type PricedVariant, type PricingInputs, quote, quoteHashOf } from '../pricing/index.ts'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import type { Site } from '../site/index.ts'

/** For tests: the order that checkout would make of pricing inputs, placed and paid in full at `inputs.now`. */
export function sampleOrder(inputs: PricingInputs, changes: Partial<Order> = {}): Order {
  const priced = quote(inputs)
  const order = orderFromQuote(priced, sampleSource(inputs, quoteHashOf(priced)))
  return {
    ...order,
    state: 'placed',
    placedAt: inputs.now,
    money: { ...order.money, captured: order.total },
    ...changes,
  }
}

/** For tests: programs at 90.00 of an art at 60.00 and a law at 40.00, as line `lin_1`. */
export function samplePrograms(
  quantity: number,
  art: Partial<PricedVariant> = {},
  law: Partial<PricedVariant> = {},
): PricingInputs {
  return sampleInputs({
    lines: [{ id: 'lin_1', variantId: 'var_program', quantity }],
    variants: variantsById(
      sampleVariant('var_program', 9000, {
        bundle: {
          parts: [
            { id: 'art', variantId: 'var_art' },
            { id: 'law', variantId: 'var_law' },
          ],
          pricing: { type: 'own_price' },
          ownedParts: 'leave_out',
        },
      }),
      sampleVariant('var_art', 6000, art),
      sampleVariant('var_law', 4000, law),
    ),
  })
}

function sampleSource(inputs: PricingInputs, quoteHash: string): OrderSource {
  return {
    id: 'ord_1',
    number: 'R-1',
    cart: {
      id: 'crt_1',
      tokenHash: null,
      customerId: 'cus_1',
      currency: inputs.currency,
      lines: inputs.lines.map((line) => ({ ...line, recipient: { type: 'buyer' } })),
      createdAt: inputs.now,
    },
    cartVersion: 1,
    customerId: 'cus_1',
    site: sampleSite(inputs),
    entries: new Map(Object.values(inputs.variants).map((variant) => [variant.id, sampleEntry(variant)])),
    consents: [],
    inputsHash: hashOf(inputs),
    quoteHash,
    holds: [],
    now: inputs.now,
  }
}

const sampleSite = ({ site, currency }: PricingInputs): Site => ({
  ...site,
  name: 'A school',
  hosts: [],
  origins: [],
  returnUrls: [],
  seller: 'sel_1',
  currencies: [currency],
  locales: ['en'],
  country: 'DE',
  priceLists: ['prl_1'],
  paymentAccounts: [],
  requiredConsents: [],
  allowsGuests: true,
  deliversOnAccount: false,
  onPaymentFailure: 'suspend',
  capture: 'automatic',
  checkoutMinutes: 30,
  policies: { ownership: 'sell_and_review', tax: 'sell_and_review', screening: 'sell_and_review' },
  orderPrefix: 'M',
  theme: {},
})

/** The catalog behind a priced variant; what delivers it is a provider named `school`. */
function sampleEntry(priced: PricedVariant): BookEntry {
  const { id, productId, name, capacity, maximumQuantity, taxCategory, bundle } = priced
  const fulfilment = bundle === null ? { provider: 'school', target: id } : null
  const variant = draftVariant({ name, capacity, fulfilment, bundle }, null, {
    ...{ id, productId },
    type: { maximumQuantity, taxCategory },
  })
  const product: Product = {
    id: priced.productId,
    type: priced.productType,
    ...draftProductFields({ title: priced.title }, null),
    externalId: null,
    variants: [priced.id],
    status: 'active',
    createdAt: '2026-01-01T00:00:00.000Z',
  }
  return { variant, product, prices: priced.prices }
}
