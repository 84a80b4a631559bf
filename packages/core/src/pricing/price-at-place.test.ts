import { describe, expect, it } from 'vitest'
import type { Bundle, Upgrade } from '../catalog/index.ts'
import type { TaxExemption } from '../customer/index.ts'
import { quote } from './price-cart.ts'
import { priceLines } from './price-lines.ts'
import type { PricedLine, PricedSite, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const rate = (country: string, category: string, percent: string) => ({
  ...{ id: `${country}-${category}`, country, category },
  ...{ name: 'VAT', rate: percent },
})

describe('parts of a bundle', () => {
  it('move against each other, also where their sum stays as it was', () => {
    const cheaper = sampleVariant('var_a', 100, { taxCategory: 'a' })
    const dearer = sampleVariant('var_b', 110, { taxCategory: 'b' })
    const parts = [
      { id: 'part_a', variantId: 'var_a' },
      { id: 'part_b', variantId: 'var_b' },
    ]
    const program = sampleVariant('var_p', 210, {
      bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
    })
    const answer = quote(
      sampleInputs({
        site: { ...sampleInputs().site, foreignPrices: 'same_net', country: 'DE' },
        place: { country: 'FR', basis: 'declared' },
        variants: variantsById(cheaper, dearer, program),
        lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 2 }],
        taxRates: [rate('DE', 'b', '10'), rate('FR', 'a', '10')],
      }),
    )
    // 100 gets 10 % of France, 110 loses 10 % of Germany: 110 and 100, together 210 as before.
    expect(answer.lines[0]?.parts.map(({ base, tax }) => [base, tax])).toEqual([
      [220, 20],
      [200, 0],
    ])
    expect(answer).toMatchObject({ base: 420, total: 420, tax: 20 })
  })
})

/** What a line costs on the shelf of a German site with 19 % in its prices, and what it costs at another place. */
const moved = (
  place: Omit<PricingInputs['place'], 'basis'>,
  {
    variants = variantsById(sampleVariant('var_a', 1190)),
    site = {},
    line = {},
    shopper = {},
    further = [],
  }: {
    variants?: PricingInputs['variants']
    site?: Partial<PricedSite>
    line?: Partial<PricedLine>
    shopper?: Partial<PricingInputs['shopper']>
    further?: PricingInputs['taxRates']
  } = {},
) => {
  const sample = sampleInputs()
  const inputs: PricingInputs = {
    ...sample,
    variants,
    site: { ...sample.site, foreignPrices: 'same_net', country: 'DE', ...site },
    place: { ...place, basis: 'declared' },
    shopper: { ...sample.shopper, ...shopper },
    lines: [{ id: 'a', variantId: 'var_a', quantity: 2, ...line }],
    taxRates: [rate('DE', '*', '19'), rate('FR', '*', '20'), rate('CA', '*', '5'), ...further],
  }
  const [shelf] = priceLines({ ...inputs, site: { ...inputs.site, foreignPrices: 'same_shelf' } }).sold
  if (shelf === undefined) throw new Error('The line is not sold.')
  const [there] = priceLines(inputs).sold
  if (there === undefined) throw new Error('The line is not sold there.')
  return { shelf, there }
}

describe('a line at another place', () => {
  it('costs the same without tax, and says whose taxes count', () => {
    const { shelf, there } = moved({ country: 'FR' })
    expect(there).toStrictEqual({
      ...shelf,
      ...{ unitPrice: 1200, base: 2400, left: 2400 },
      parts: [{ ...shelf.parts[0], base: 2400 }],
      adjustments: [{ ...shelf.adjustments[0], amount: 2400, reason: 'List price at the taxes of FR' }],
    })
  })

  it('names the region, where it is known', () => {
    const inQuebec = moved({ country: 'CA', region: 'QC' }).there
    expect(inQuebec.adjustments).toMatchObject([{ amount: 2100, reason: 'List price at the taxes of CA-QC' }])
    expect(moved({ country: 'CA' }).there.adjustments).toMatchObject([{ reason: 'List price at the taxes of CA' }])
  })

  it('costs the price without tax where no tax is due', () => {
    expect(moved({ country: 'CH' }).there).toMatchObject({ unitPrice: 1000, base: 2000, left: 2000 })
  })

  it('is rounded once, by the unit', () => {
    const variants = variantsById(sampleVariant('var_a', 999))
    // 9.99 / 1.19 × 1.2 is 10.0739…: two are 20.14, not 20.15.
    expect(moved({ country: 'FR' }, { variants }).there).toMatchObject({ unitPrice: 1007, base: 2014 })
    // 9.99 / 1.19 is 8.3949…, rounded up 8.40.
    expect(moved({ country: 'CH' }, { variants }).there.base).toBe(1678)
  })

  it('loses the taxes of the category that it has at home', () => {
    const variants = variantsById(sampleVariant('var_a', 1070, { taxCategory: 'livre', homeTaxCategory: 'book' }))
    const further = [rate('DE', 'book', '7'), rate('FR', 'livre', '5.5')]
    expect(moved({ country: 'FR' }, { variants, further }).there).toMatchObject({ unitPrice: 1055 })
  })

  it('is credited after that, a list price of now at the same taxes', () => {
    const variants = variantsById(
      sampleVariant('var_a', 1190, { upgrade: { from: ['var_b'], credit: 'list_price_now' } }),
      sampleVariant('var_b', 595),
    )
    const shopper = { owned: { products: [], variants: ['var_b'] } }
    const { shelf, there } = moved({ country: 'FR' }, { variants, shopper, line: { quantity: 1 } })
    // 11.90 and 5.95 are 12.00 and 6.00 in France.
    expect(there).toMatchObject({ unitPrice: 600, base: 600, left: 600 })
    expect(there.adjustments).toStrictEqual([
      { ...shelf.adjustments[0], amount: 1200, reason: 'List price at the taxes of FR' },
      { ...shelf.adjustments[1], amount: -600 },
    ])
  })
})

it('a bundle of several list prices has each of them at the place of sale, and its rule the rest', () => {
  const parts = [
    { id: 'part_a', variantId: 'var_a' },
    { id: 'part_b', variantId: 'var_b' },
  ]
  const { lines } = quote(
    sampleInputs({
      site: { ...sampleInputs().site, foreignPrices: 'same_net', country: 'DE' },
      place: { country: 'CH', basis: 'declared' },
      variants: variantsById(
        sampleVariant('var_p', null, {
          bundle: { parts, pricing: { type: 'sum_less_percent', percent: '10' }, ownedParts: 'sell_all' },
        }),
        ...[sampleVariant('var_a', 1000), sampleVariant('var_b', 100_000)],
      ),
      lines: [{ id: 'l', variantId: 'var_p', quantity: 2 }],
      taxRates: [rate('DE', '*', '19')],
    }),
  )
  // 9.00 and 900.00 are 7.56 and 756.30 without tax.
  expect(lines[0]).toMatchObject({ unitPrice: 76_386, total: 152_772 })
  expect(lines[0]?.adjustments.map(({ reason, amount }) => [reason, amount])).toEqual([
    ['List price of Title of var_a at the taxes of CH', 1680],
    ['List price of Title of var_b at the taxes of CH', 168_068],
    ['Bundle: 10 % off its parts', -16_976],
  ])
})

describe('what was paid at another place is credited as it was paid', () => {
  const exempt = { reason: 'charity' } as const
  const parts = [
    { id: 'part_a', variantId: 'var_audit' },
    { id: 'part_b', variantId: 'var_b' },
  ]
  const program = (pricing: Bundle['pricing'], ownedParts: Bundle['ownedParts'] = 'credit_paid') =>
    sampleVariant('var_p', 23_800, { bundle: { parts, pricing, ownedParts } })
  const upgrade = (credit: Upgrade['credit']) =>
    sampleVariant('var_p', 23_800, { upgrade: { from: ['var_audit'], credit } })
  const own = { type: 'own_price' } as const
  const tenOff = { type: 'sum_less_percent', percent: '10' } as const

  const bought = (
    variant: PricedVariant,
    { country = 'DE', paid, taxExemption }: { country?: string; paid: number; taxExemption?: TaxExemption },
  ) => {
    const { shopper } = sampleInputs()
    return quote(
      sampleInputs({
        site: { ...sampleInputs().site, foreignPrices: 'same_net', country: 'DE' },
        place: { country, basis: 'declared' },
        variants: variantsById(variant, sampleVariant('var_audit', 11_900), sampleVariant('var_b', 14_280)),
        shopper: {
          ...shopper,
          owned: {
            ...{ products: [], variants: ['var_audit'] },
            paid: { var_audit: { amount: paid, listPrice: paid } },
          },
        },
        lines: [{ id: 'l', variantId: 'var_p', quantity: 1 }],
        taxRates: [rate('DE', '*', '19'), rate('HU', '*', '27')],
        taxExemption,
      }),
    )
  }

  it.each<[what: string, variant: PricedVariant, steps: readonly number[], exempt: number, inHungary: number]>([
    ['an upgrade, by the money paid', upgrade('money_paid'), [20_000, -10_000], 10_000, 12_700],
    ['an upgrade, by the list price then', upgrade('list_price_then'), [20_000, -10_000], 10_000, 12_700],
    ['an upgrade, by the list price now', upgrade('list_price_now'), [20_000, -10_000], 10_000, 12_700],
    ['a program at its own price', program(own), [20_000, -10_000], 10_000, 12_700],
    // Parts of 100.00 and 120.00 are 198.00 together; in Hungary 251.46.
    ['a program at the sum of its parts', program(tenOff), [10_000, 12_000, -2200, -10_000], 9800, 12_446],
  ])('%s', (_what, variant, steps, ofExempt, inHungary) => {
    const [free] = bought(variant, { paid: 10_000, taxExemption: exempt }).lines
    expect(free).toMatchObject({ total: ofExempt })
    expect(free?.adjustments.map(({ amount }) => amount)).toEqual(steps)
    expect(bought(variant, { country: 'HU', paid: 12_700 })).toMatchObject({ total: inHungary })
  })

  it('and what is left out takes its share along at the taxes there', () => {
    const { lines } = bought(program(own, 'leave_out'), { paid: 10_000, taxExemption: exempt })
    // Of 238.00 the part of 142.80 beside 119.00 has 129.82, without tax 109.09.
    expect(lines[0]?.adjustments.map(({ reason, amount }) => [reason, amount])).toEqual([
      ['List price at the taxes of DE', 20_000],
      ['You have it already: Title of var_audit', -9091],
    ])
    expect(lines[0]).toMatchObject({ total: 10_909 })
  })
})

describe('a line is the same', () => {
  it.each<[what: string, place: string, site: Partial<PricedSite>]>([
    ['at home', 'DE', {}],
    ['where prices on the shelf are the same everywhere', 'FR', { foreignPrices: 'same_shelf' }],
    ['where the site does not say', 'FR', { foreignPrices: undefined }],
    ['where prices are without tax', 'FR', { priceBasis: 'exclusive' }],
    ['where the site is at home nowhere', 'FR', { country: undefined }],
  ])('%s', (_, country, site) => {
    const { shelf, there } = moved({ country }, { site })
    expect(there).toStrictEqual(shelf)
  })

  it('where the taxes are the same, and not where one part costs something else', () => {
    const parts: readonly PricedVariant[] = [
      sampleVariant('var_x', 1190, { taxCategory: 'x' }),
      sampleVariant('var_y', 1190, { taxCategory: 'y' }),
    ]
    const program = sampleVariant('var_a', 2380, {
      bundle: {
        parts: parts.map(({ id }) => ({ id: id.replace('var_', 'part_'), variantId: id })),
        ...{ pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
      },
    })
    const variants = variantsById(program, ...parts)
    const same = moved({ country: 'AT' }, { variants, further: [rate('AT', '*', '19')] })
    expect(same.there).toStrictEqual(same.shelf)
    const further = [rate('AT', 'x', '19'), rate('AT', 'y', '20')]
    const { there } = moved({ country: 'AT' }, { variants, further })
    expect(there.parts.map(({ base }) => base)).toEqual([2380, 2400])
    expect(there).toMatchObject({ unitPrice: 2390, base: 4780, left: 4780 })
  })
})
