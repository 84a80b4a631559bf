import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import {
  sampleCode,
  sampleInputs,
  samplePrice,
  samplePriceList,
  samplePromotion,
  sampleVariant,
  variantsById,
} from './sample-inputs.ts'

const vat = { id: 'de-standard', country: 'DE', category: '*', name: 'VAT', rate: '19' }
const reduced = { id: 'de-reduced', country: 'DE', category: 'printed', name: 'VAT', rate: '7' }

describe('quote', () => {
  it('prices an empty cart at nothing', () => {
    expect(quote(sampleInputs())).toStrictEqual({
      engine: 3,
      currency: 'EUR',
      place: { country: 'DE', basis: 'assumed' },
      lines: [],
      codes: [],
      base: 0,
      discount: 0,
      net: 0,
      tax: 0,
      total: 0,
      priceBasis: 'inclusive',
      provisional: false,
      uses: [],
    })
  })

  it('takes a code off an inclusive price and shows the tax that is left in it', () => {
    const answer = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_a', quantity: 2 }],
        variants: variantsById(sampleVariant('var_a', 4999)),
        promotions: [samplePromotion({ requiresCode: true })],
        codes: [sampleCode()],
        taxRates: [vat],
      }),
    )
    // 9998 less round(1999.6) = 7998, which contains round(7998 × 19 / 119) = 1277.
    expect(answer).toMatchObject({ base: 9998, discount: 2000, net: 6721, tax: 1277, total: 7998 })
    expect(answer.lines).toStrictEqual([
      {
        id: 'a',
        variantId: 'var_a',
        productId: 'prd_a',
        title: 'Title of var_a',
        variantName: 'verified',
        quantity: 2,
        unitPrice: 4999,
        base: 9998,
        discount: 2000,
        net: 6721,
        tax: 1277,
        total: 7998,
        adjustments: [
          {
            step: 'price',
            amount: 9998,
            cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity: 1 },
            reason: 'List price',
          },
          {
            step: 'cart_promotion',
            amount: -2000,
            cause: { type: 'promotion', promotion: 'pro_1', code: 'cod_1' },
            reason: '20 % off with SPRING',
          },
          {
            step: 'tax',
            amount: 0,
            included: 1277,
            cause: { type: 'tax_rate', taxRate: 'de-standard', rate: '19' },
            reason: 'incl. 19 % VAT',
          },
        ],
        parts: [
          {
            id: 'all',
            variantId: 'var_a',
            base: 9998,
            discount: 2000,
            net: 6721,
            tax: 1277,
            total: 7998,
            taxes: [{ taxRate: 'de-standard', rate: '19', jurisdiction: 'DE', amount: 1277 }],
          },
        ],
        refusal: null,
      },
    ])
    expect(answer.codes).toStrictEqual([{ id: 'cod_1', code: 'SPRING', applied: true, refusal: null }])
  })

  it('adds tax to an exclusive price', () => {
    const { total, net, tax, lines } = quote(
      sampleInputs({
        site: { id: 'main', priceBasis: 'exclusive', rounding: 'half_up', timeZone: 'Europe/Berlin' },
        lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
        variants: variantsById(sampleVariant('var_a', 4999)),
        promotions: [samplePromotion()],
        taxRates: [vat],
      }),
    )
    // 4999 less round(999.8) = 3999; round(759.81) on top.
    expect({ net, tax, total }).toStrictEqual({ net: 3999, tax: 760, total: 4759 })
    expect(lines[0]?.adjustments.slice(1)).toStrictEqual([
      {
        step: 'cart_promotion',
        amount: -1000,
        cause: { type: 'promotion', promotion: 'pro_1', code: null },
        reason: '20 % off: Spring sale',
      },
      {
        step: 'tax',
        amount: 760,
        cause: { type: 'tax_rate', taxRate: 'de-standard', rate: '19' },
        reason: 'plus 19 % VAT',
      },
    ])
  })

  it.each([
    { rounding: 'half_up', discount: 13, tax: 3 },
    { rounding: 'half_even', discount: 12, tax: 2 },
    { rounding: 'down', discount: 12, tax: 2 },
  ] as const)('rounds $rounding: 12.5 % of 100 and 20 % on what is left', ({ rounding, discount, tax }) => {
    const answer = quote(
      sampleInputs({
        site: { id: 'main', priceBasis: 'exclusive', rounding, timeZone: 'Europe/Berlin' },
        lines: [
          { id: 'a', variantId: 'var_a', quantity: 1 },
          { id: 'b', variantId: 'var_b', quantity: 1 },
        ],
        variants: variantsById(sampleVariant('var_a', 100), sampleVariant('var_b', 10, { taxCategory: 'printed' })),
        promotions: [
          samplePromotion({
            benefit: { type: 'percent', percent: '12.5' },
            conditions: [{ type: 'variants', variants: ['var_a'] }],
          }),
        ],
        taxRates: [{ ...vat, category: 'printed', rate: '25' }],
      }),
    )
    expect(answer.lines[0]?.discount).toBe(discount)
    expect(answer.lines[1]?.tax).toBe(tax)
  })

  it.each([
    ['JPY', 1000, '10', 1100],
    ['KWD', 18_605, '5', 19_535],
  ])('reckons in the minor units of %s', (currency, price, rate, total) => {
    const answer = quote(
      sampleInputs({
        currency,
        site: { id: 'main', priceBasis: 'exclusive', rounding: 'half_up', timeZone: 'Europe/Berlin' },
        priceLists: [samplePriceList({ currency })],
        lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
        variants: variantsById(sampleVariant('var_a', price)),
        taxRates: [{ ...vat, rate }],
      }),
    )
    expect(answer.total).toBe(total)
    expect(answer.currency).toBe(currency)
  })

  it('splits a bundle over its parts by their own prices, and taxes each at its rate', () => {
    const bundle = {
      parts: [
        { id: 'course', variantId: 'var_c' },
        { id: 'book', variantId: 'var_b' },
        { id: 'gift', variantId: 'var_g' },
      ],
      pricing: { type: 'own_price' },
      ownedParts: 'sell_all',
    } as const
    const answer = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_p', quantity: 2 }],
        variants: variantsById(
          sampleVariant('var_p', 10_000, { bundle, productType: 'program' }),
          sampleVariant('var_c', 9000),
          sampleVariant('var_b', 3000, { taxCategory: 'printed' }),
          sampleVariant('var_g', null),
        ),
        promotions: [samplePromotion({ benefit: { type: 'fixed', amounts: [{ amount: 1001, currency: 'EUR' }] } })],
        taxRates: [vat, reduced],
      }),
    )
    // 20,000 = 15,000 + 5,000; 1001 = 750.75 + 250.25 → 751 + 250.
    expect(
      answer.lines[0]?.parts.map(({ id, base, discount, tax, net, total }) => [id, base, discount, tax, net, total]),
    ).toStrictEqual([
      ['course', 15_000, 751, 2275, 11_974, 14_249],
      ['book', 5000, 250, 311, 4439, 4750],
      ['gift', 0, 0, 0, 0, 0],
    ])
    expect(answer).toMatchObject({ total: 18_999, tax: 2586, net: 16_413, discount: 1001 })
    expect(answer.lines[0]?.adjustments.map(({ reason, included }) => [reason, included])).toStrictEqual([
      ['List price', undefined],
      ['10.01 EUR off: Spring sale', undefined],
      ['incl. 19 % VAT', 2275],
      ['incl. 7 % VAT', 311],
    ])
  })

  it('splits a bundle evenly where no part has a price', () => {
    const bundle = {
      parts: ['x', 'y', 'z'].map((id) => ({ id, variantId: `var_${id}` })),
      pricing: { type: 'own_price' },
      ownedParts: 'sell_all',
    } as const
    const { lines } = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_p', quantity: 3 }],
        variants: variantsById(
          sampleVariant('var_p', 100, { bundle }),
          ...['var_x', 'var_y', 'var_z'].map((id) => sampleVariant(id, null, { refusal: 'not_published' })),
        ),
      }),
    )
    expect(lines[0]?.parts.map(({ base }) => base)).toStrictEqual([102, 99, 99])
  })

  it('computes the tax of one rate once for the line, then splits it', () => {
    const bundle = {
      parts: ['x', 'y', 'z'].map((id) => ({ id, variantId: `var_${id}` })),
      pricing: { type: 'own_price' },
      ownedParts: 'sell_all',
    } as const
    const { lines } = quote(
      sampleInputs({
        site: { id: 'main', priceBasis: 'exclusive', rounding: 'half_up', timeZone: 'Europe/Berlin' },
        lines: [{ id: 'a', variantId: 'var_p', quantity: 1 }],
        variants: variantsById(
          sampleVariant('var_p', 9, { bundle }),
          ...['var_x', 'var_y', 'var_z'].map((id) => sampleVariant(id, 3)),
        ),
        taxRates: [vat],
      }),
    )
    // By part it would be 3 × round(0.57) = 3; by line it is round(1.71) = 2.
    expect(lines[0]?.parts.map(({ tax }) => tax)).toStrictEqual([1, 1, 0])
    expect(lines[0]?.tax).toBe(2)
  })

  it('taxes the parts that have a rate, also after one that has none', () => {
    const parts = ['live', 'printed'].map((id) => ({ id, variantId: `var_${id}` }))
    const { lines } = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_p', quantity: 1 }],
        variants: variantsById(
          sampleVariant('var_p', 2140, { bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'sell_all' } }),
          ...parts.map(({ id, variantId }) => sampleVariant(variantId, 500, { taxCategory: id })),
        ),
        taxRates: [reduced],
      }),
    )
    expect(lines[0]?.parts.map(({ net, tax }) => [net, tax])).toStrictEqual([
      [1070, 0],
      [1000, 70],
    ])
  })

  it('charges no tax where the place has no rate, and 0 where the rate is 0', () => {
    const cart = {
      lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
      variants: variantsById(sampleVariant('var_a', 1000)),
    }
    const untaxed = quote(sampleInputs({ ...cart, taxRates: [{ ...vat, country: 'FR' }, reduced] })).lines[0]
    expect(untaxed?.parts[0]?.taxes).toStrictEqual([])
    expect(untaxed?.adjustments).toHaveLength(1)
    expect(untaxed).toMatchObject({ net: 1000, tax: 0, total: 1000 })
    const zero = quote(sampleInputs({ ...cart, taxRates: [{ ...vat, rate: '0' }] })).lines[0]
    expect(zero?.parts[0]?.taxes).toStrictEqual([{ taxRate: 'de-standard', rate: '0', jurisdiction: 'DE', amount: 0 }])
    expect(zero?.adjustments[1]).toMatchObject({ amount: 0, included: 0, reason: 'incl. 0 % VAT' })
  })

  it('refuses inputs of another engine', () => {
    expect(() => quote(sampleInputs({ engine: 1 }))).toThrow('engine 1')
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the quantity %d', (quantity) => {
    const inputs = sampleInputs({
      lines: [{ id: 'a', variantId: 'var_a', quantity }],
      variants: variantsById(sampleVariant('var_a', 0, { maximumQuantity: Number.POSITIVE_INFINITY })),
    })
    expect(() => quote(inputs)).toThrow(RangeError)
  })

  it('refuses a line id that stands twice', () => {
    const line = { id: 'a', variantId: 'var_a', quantity: 1 }
    const inputs = sampleInputs({ lines: [line, line], variants: variantsById(sampleVariant('var_a', 1)) })
    expect(() => quote(inputs)).toThrow('repeated')
  })

  it.each([
    { what: 'a line', amounts: [2 ** 52], quantity: 2, rate: null },
    { what: 'a sum of lines', amounts: [2 ** 52, 2 ** 52], quantity: 1, rate: null },
    { what: 'tax on top of a line', amounts: [2 ** 52 + 2 ** 51], quantity: 1, rate: '40' },
    { what: 'tax on top of lines', amounts: [2 ** 51, 2 ** 51, 2 ** 51], quantity: 1, rate: '50' },
  ])('refuses to overflow in $what', ({ amounts, quantity, rate }) => {
    const variants = amounts.map((amount, place) => sampleVariant(`var_${place}`, amount))
    const inputs = sampleInputs({
      site: { id: 'main', priceBasis: 'exclusive', rounding: 'half_up', timeZone: 'Europe/Berlin' },
      lines: variants.map(({ id }) => ({ id, variantId: id, quantity })),
      variants: variantsById(...variants),
      taxRates: rate === null ? [] : [{ ...vat, rate }],
    })
    expect(() => quote(inputs)).toThrow(RangeError)
  })

  it('prices amounts up to the last safe integer', () => {
    const inputs = sampleInputs({
      lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
      variants: variantsById({ ...sampleVariant('var_a', 0), prices: [samplePrice(Number.MAX_SAFE_INTEGER)] }),
      promotions: [samplePromotion({ benefit: { type: 'percent', percent: '50' } })],
      taxRates: [vat],
    })
    const { total, discount } = quote(inputs)
    expect([total, discount]).toStrictEqual([4_503_599_627_370_495, 4_503_599_627_370_496])
  })
})
