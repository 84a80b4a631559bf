import { type Money, parseDecimal } from '../../money/index.ts'
import type { Price } from '../price-list.ts'
import type { PricedLine, PricedVariant, PricingInputs } from '../pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePriceList, samplePromotion, sampleVariant } from '../sample-inputs.ts'
import { type Article, type Given, placeOf, type WorkedExample, type WorkedExamples } from './worked-example.ts'

/** What an example is priced from, as the engine takes it. */
export function inputsOf(page: Pick<WorkedExamples, 'given'>, example: Pick<WorkedExample, 'given'>): PricingInputs {
  const given = moneyWithin(joined(page.given ?? {}, example.given)) as Given
  const { currency = 'EUR', now, place = 'DE', site, shopper, lists = {}, codes = {}, taxes = {} } = given
  const base = sampleInputs()
  return {
    ...base,
    ...{ currency, now: now ?? base.now, place: placeOf(place) },
    site: { ...base.site, ...site },
    shopper: { ...base.shopper, ...shopper },
    lines: Object.entries(given.cart ?? {}).map(([id, line]) => lineOf(id, line)),
    variants: Object.fromEntries(
      Object.entries(given.catalog ?? {}).map(([name, article]) => [`var_${name}`, variantOf(name, article, currency)]),
    ),
    priceLists: Object.entries({ list: {}, ...lists }).map(([id, list]) => samplePriceList({ id, currency, ...list })),
    promotions: Object.entries(given.promotions ?? {}).map(([id, promotion]) =>
      samplePromotion({ id, name: id, ...promotion }),
    ),
    codes: Object.entries(codes).map(([code, { promotion, ...rest }]) =>
      sampleCode({ id: `cod_${code}`, code, promotionId: promotion, ...rest }),
    ),
    taxRates: Object.entries(taxes).map(([id, rate]) => ({
      ...{ id, country: 'DE', category: '*', name: 'VAT', rate: '0' },
      ...rate,
    })),
    ...given.inputs,
  }
}

/** The page's members, and the example's in their place; of records by name, both. */
function joined(page: Given, example: Given): Given {
  const both = { ...page, ...example } as Record<string, unknown>
  for (const [name, value] of Object.entries(page)) {
    const own = (example as Record<string, unknown>)[name]
    if (isObject(value) && isObject(own) && name !== 'cart') both[name] = { ...value, ...own }
  }
  return both as Given
}

function lineOf(id: string, line: string | Readonly<Record<string, unknown>>): PricedLine {
  if (typeof line !== 'string') return { id, quantity: 1, ...line } as PricedLine
  const [quantity = '', name = ''] = line.split(' × ')
  return { id, variantId: `var_${name}`, quantity: Number(quantity) }
}

function variantOf(name: string, { price, in: inLists, tax, ...rest }: Article, currency: string): PricedVariant {
  const prices = Object.entries({ ...(price === undefined || price === null ? {} : { list: price }), ...inLists })
  return sampleVariant(`var_${name}`, null, {
    taxCategory: tax ?? 'learning',
    ...rest,
    prices: prices.flatMap(([priceList, entry]) => pricesOf(priceList, entry, currency)),
  })
}

function pricesOf(priceList: string, price: string | { readonly [from: string]: string }, currency: string): Price[] {
  const tiers = typeof price === 'string' ? { 1: price } : price
  return Object.entries(tiers).map(([from, amount]) => ({
    ...{ priceList, minimumQuantity: Number(from) },
    amount: moneyOf(amount, currency).amount,
  }))
}

function moneyOf(text: string, currency: string): Money {
  const amount = parseDecimal(text, currency)
  if (amount === null) throw new RangeError(`${text} is no amount of ${currency}.`)
  return { amount, currency }
}

/** `5.00 EUR` anywhere is Money. */
function moneyWithin(value: unknown): unknown {
  if (typeof value === 'string') {
    const [, amount, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value) ?? []
    return amount === undefined || currency === undefined ? value : moneyOf(amount, currency)
  }
  if (Array.isArray(value)) return value.map(moneyWithin)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, moneyWithin(member)]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
