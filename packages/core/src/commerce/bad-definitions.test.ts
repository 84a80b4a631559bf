import { describe, expect, it } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import type { NewPromotion, PromotionCondition } from '../promotion/index.ts'
import { memoryShop } from '../testing/memory-shop.ts'

/** The places that a refusal names. */
const placesOf = async (task: Promise<unknown>): Promise<readonly string[]> => {
  const error: unknown = await task.catch((caught: unknown) => caught)
  if (!isBursarError(error) || error.code !== 'invalid_input') throw new Error('It is not refused.', { cause: error })
  return (error.issues ?? []).map(({ path }) => path)
}

const eur = (amount: number) => [{ amount, currency: 'EUR' }]
const usd = (amount: number) => [{ amount, currency: 'USD' }]
const none = (...conditions: PromotionCondition[]) => ({ type: 'none', conditions }) as PromotionCondition
const UNLIMITED = { uses: null, usesPerCustomer: null }

describe('a promotion that could never apply, or says what cannot be', () => {
  it.each<[what: string, changes: Partial<NewPromotion>, ...places: string[]]>([
    ['ends before it begins', { from: '2026-06-02T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' }, 'until'],
    ['ends when it begins', { from: '2026-06-01T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' }, 'until'],
    ['runs on no site', { sites: [] }, 'sites'],
    ['gives more than all', { benefit: { type: 'percent', percent: '100.01' } }, 'benefit.percent'],
    ['gives nothing', { benefit: { type: 'percent', percent: '0' } }, 'benefit.percent'],
    [
      'gives more than all at a tier',
      { benefit: { type: 'quantity_tiers', tiers: [{ minimum: 2, percent: '101' }] } },
      'benefit.tiers.0.percent',
    ],
    [
      'gives more than all of the cheapest',
      { benefit: { type: 'buy_x_get_y', buy: 2, get: 1, percent: '120' } },
      'benefit.percent',
    ],
    ['gives an amount in no currency', { benefit: { type: 'fixed', amounts: [] } }, 'benefit.amounts'],
    [
      'gives an amount in a currency that is none',
      { benefit: { type: 'fixed', amounts: [{ amount: 5, currency: 'XXQ' }] } },
      'benefit.amounts.0.currency',
    ],
    [
      'gives two amounts in one currency',
      { benefit: { type: 'fixed', amounts: [...eur(5), ...eur(6)] } },
      'benefit.amounts.1.currency',
    ],
    ['has no budget', { limits: { ...UNLIMITED, money: eur(0) } }, 'limits.money.0.amount'],
    [
      'has a budget in another currency than its benefit',
      { limits: { ...UNLIMITED, money: usd(500) }, benefit: { type: 'fixed', amounts: eur(5) } },
      'benefit.amounts',
    ],
    [
      'asks for a cart in another currency than its benefit',
      { conditions: [{ type: 'currencies', currencies: ['USD'] }], benefit: { type: 'fixed', amounts: eur(5) } },
      'benefit.amounts',
    ],
    [
      'asks for two places at once',
      {
        conditions: [
          { type: 'countries', countries: ['DE'] },
          { type: 'countries', countries: ['FR'] },
        ],
      },
      'conditions.1',
    ],
    [
      'asks for what it rules out',
      { conditions: [{ type: 'countries', countries: ['DE'] }, none({ type: 'countries', countries: ['DE', 'FR'] })] },
      'conditions.1',
    ],
    [
      'asks for a first order that is none',
      { conditions: [{ type: 'first_order' }, none({ type: 'first_order' })] },
      'conditions.1',
    ],
    [
      'asks for a site where it does not run',
      { sites: ['main'], conditions: [none({ type: 'sites', sites: ['main'] })] },
      'conditions.0',
    ],
    [
      'asks for days after its end',
      {
        until: '2026-06-01T00:00:00.000Z',
        conditions: [{ type: 'local_dates', ranges: [{ first: '2026-06-03', last: null }] }],
      },
      'conditions.0.ranges',
    ],
    [
      'asks for a Monday on a Thursday',
      {
        conditions: [
          { type: 'weekdays', days: [1] },
          { type: 'local_dates', ranges: [{ first: '2026-12-24', last: '2026-12-24' }] },
        ],
      },
      'conditions.1.ranges',
    ],
    ['stands alone in a group', { stacking: 'exclusive', group: 'season' }, 'group'],
    ['lets the host sign what everybody has', { signedByHost: true }, 'requiresCode'],
    ['may be used by nobody', { limits: { uses: 0, usesPerCustomer: 0 } }, 'limits.uses', 'limits.usesPerCustomer'],
  ])('%s: is refused, and its place is named', async (_, changes, ...places) => {
    const { system } = await memoryShop()
    const { promotions } = system.admin
    const sale = { id: 'sale', name: 'Sale', benefit: { type: 'percent', percent: '20' } } as const
    expect(await placesOf(promotions.create({ ...sale, ...changes }))).toStrictEqual(places)
    await expect(promotions.get({ id: 'sale' })).rejects.toMatchObject({ code: 'not_found' })
    // Nor does a good one become it.
    const { record } = await promotions.create(sale)
    expect(await placesOf(promotions.update({ ...changes, id: 'sale' }))).toStrictEqual(places)
    expect((await promotions.get({ id: 'sale' })).record).toStrictEqual(record)
  })

  it('may end with the calendar', async () => {
    const { system } = await memoryShop()
    const until = '9999-12-31T23:59:59.999Z'
    const { record } = await system.admin.promotions.create({
      ...{ name: 'For ever', until, benefit: { type: 'percent', percent: '20' } },
      conditions: [{ type: 'local_dates', ranges: [{ first: '2026-06-01', last: null }] }],
    })
    expect(record.until).toBe(until)
  })
})

describe('what sells', () => {
  it('is refused in no currency, and with a window that holds nothing', async () => {
    const { system } = await memoryShop()
    const { admin } = system
    const list = { id: 'dollars', name: 'Dollars', currency: 'XXQ' }
    expect(await placesOf(admin.priceLists.create(list))).toStrictEqual(['currency'])
    const variant = { name: 'a', saleStartsAt: '2026-02-01T00:00:00.000Z', saleEndsAt: '2026-01-01T00:00:00.000Z' }
    expect(await placesOf(admin.products.create({ type: 'course', title: 'Bees', variants: [variant] }))).toStrictEqual(
      ['variants.0.saleEndsAt'],
    )
    const code = {
      code: 'SPRING',
      promotionId: 'ten',
      from: '2026-02-01T00:00:00.000Z',
      until: '2026-01-01T00:00:00.000Z',
    }
    expect(await placesOf(admin.codes.create(code))).toStrictEqual(['until'])
  })

  it('never holds itself: a bundle holds no bundle, and what a bundle holds becomes none', async () => {
    const { system, variants } = await memoryShop()
    const { products } = system.admin
    const bundle = (variantId: string) => ({
      ...{ parts: [{ id: 'a', variantId }], pricing: { type: 'own_price' as const }, ownedParts: 'sell_all' as const },
    })
    const program = (variantId: string) =>
      products.create({ type: 'program', title: 'All', variants: [{ name: 'all', bundle: bundle(variantId) }] })
    const { product, variants: made } = await program(variants.service)
    const own = made[0]?.id ?? ''
    const place = 'variants.0.bundle.parts.0.variantId'
    expect(await placesOf(program(own))).toStrictEqual([place])
    const change = { productId: product.id, variants: [{ name: 'all', bundle: bundle(own) }] }
    expect(await placesOf(products.update(change))).toStrictEqual([place])
    const { items } = await system.products.list({ limit: 100 })
    const service = items.find((one) => one.variants.some(({ id }) => id === variants.service))?.id ?? ''
    const turned = { productId: service, variants: [{ name: 'standard', bundle: bundle(variants.book) }] }
    expect(await placesOf(products.update(turned))).toStrictEqual(['variants.0.bundle'])
  })
})
