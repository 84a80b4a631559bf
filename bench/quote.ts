import { type PricingInputs, quote } from '@bursar/core'
import { Bench } from 'tinybench'

/** Quotes per second: a cart of so many lines, five promotions, one tax. */
export async function benchQuotes(): Promise<Bench> {
  const bench = new Bench({ name: 'quote()', time: 1000, warmupTime: 300 })
  for (const lines of [1, 10, 100, 200]) {
    const inputs = pricingInputs(lines)
    bench.add(`${lines} line${lines === 1 ? '' : 's'}, 5 promotions`, () => {
      quote(inputs)
    })
  }
  const searched = { ...pricingInputs(10), promotions: Array.from({ length: 9 }, (_, index) => counted(index)) }
  bench.add('10 lines, 9 promotions of which all sets are tried', () => {
    quote(searched)
  })
  await bench.run()
  return bench
}

function pricingInputs(count: number): PricingInputs {
  const ids = Array.from({ length: count }, (_, index) => `var_${index}`)
  return {
    engine: 2,
    now: '2026-11-24T12:00:00.000Z',
    site: {
      id: 'bench',
      priceBasis: 'exclusive',
      rounding: 'half_up',
      timeZone: 'Europe/Berlin',
      promotionChoice: 'best',
    },
    currency: 'USD',
    place: { country: 'DE', basis: 'declared' },
    shopper: { customerId: 'cus_1', groups: [], firstOrder: 'no' },
    lines: ids.map((id, index) => ({ id: `l${index}`, variantId: id, quantity: 1 + (index % 3) })),
    variants: Object.fromEntries(ids.map((id, index) => [id, variant(id, index)])),
    priceLists: [
      {
        ...{ id: 'list', name: 'List', currency: 'USD', groups: null, countries: null },
        ...{ from: null, until: null, priority: 0, status: 'active' },
      },
    ],
    promotions: Array.from({ length: 5 }, (_, index) => promotion(index)),
    codes: [],
    taxRates: [{ id: 'vat', country: 'DE', category: '*', name: 'VAT', rate: '19' }],
  }
}

function variant(id: string, index: number): PricingInputs['variants'][string] {
  return {
    id,
    productId: `prd_${index}`,
    productType: 'course',
    title: `Course ${index}`,
    name: 'verified',
    refusal: null,
    maximumQuantity: 1000,
    taxCategory: 'standard',
    bundle: null,
    prices: [{ priceList: 'list', amount: 4900 + index, minimumQuantity: 1 }],
    capacity: null,
    placesLeft: null,
  }
}

function promotion(index: number): PricingInputs['promotions'][number] {
  return {
    id: `pro_${index}`,
    name: `Promotion ${index}`,
    sites: null,
    from: null,
    until: null,
    requiresCode: false,
    conditions: [{ type: 'minimum_subtotal', amounts: [{ amount: 1000 * index, currency: 'USD' }] }],
    benefit: { type: 'percent', percent: String(index + 1) },
    limits: { uses: null, usesPerCustomer: null },
    stacking: 'combinable',
    priority: index,
    status: 'active',
    usesLeft: null,
    customerUsesLeft: null,
  }
}

/** One that counts units off: such ones may be worth leaving out. */
function counted(index: number): PricingInputs['promotions'][number] {
  return { ...promotion(index), benefit: { type: 'buy_x_get_y', buy: 2, get: 1, percent: String(index + 1) } }
}
