import { describe, expect, it } from 'vitest'
import { builtInRules, type OwnedThings } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'
import { scheduleLines } from './schedule-lines.ts'

const ONCE = { repeatable: false }
const program = (id: string, parts: readonly string[], ownedParts: 'credit_paid' | 'leave_out' = 'credit_paid') =>
  sampleVariant(id, 10_000, {
    bundle: { parts: parts.map((part) => ({ id: part, variantId: part })), pricing: { type: 'own_price' }, ownedParts },
  })
const upgrade = (id: string, from: readonly string[], amount = 10_000): PricedVariant =>
  sampleVariant(id, amount, { upgrade: { from, credit: 'money_paid' } })

/** A, B and C at 60.00 each, and what holds or upgrades them. */
const inputsOf = (
  lines: readonly (Partial<PricedLine> & { variantId: string })[],
  owned: Partial<OwnedThings> = { variants: ['a'], paid: { a: { amount: 6000, listPrice: 6000 } } },
): PricingInputs => {
  const inputs = sampleInputs({
    lines: lines.map((line, place) => ({ id: `${place + 1}`, quantity: 1, ...line })),
    variants: variantsById(
      ...['a', 'b', 'c'].map((id) => sampleVariant(id, 6000, ONCE)),
      ...[program('ab', ['a', 'b']), program('ac', ['a', 'c']), program('without', ['a', 'c'], 'leave_out')],
      ...[upgrade('more', ['a']), upgrade('most', ['a'], 20_000)],
    ),
  })
  return { ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [], ...owned } } }
}
const linesOf = (...args: Parameters<typeof inputsOf>) => quote(inputsOf(...args)).lines
const totals = (...args: Parameters<typeof inputsOf>) => linesOf(...args).map(({ refusal, total }) => refusal ?? total)

describe('one payment is credited once in a cart', () => {
  it('by two programs that hold the course: the whole comes to what it costs who buys both at once', () => {
    const both = [{ variantId: 'ab' }, { variantId: 'ac' }]
    expect(totals(both, {})).toEqual([10_000, 5000])
    expect(totals(both)).toEqual([4000, 5000])
    const [, second] = linesOf(both)
    expect(second?.leftOut).toEqual([{ id: 'a', variantId: 'a', title: 'Title of a', credit: 0 }])
    expect(second?.adjustments[1]).toMatchObject({
      ...{ step: 'bundle', amount: -5000, cause: { type: 'owned_parts', rule: 'leave_out', parts: ['a'] } },
      reason: 'You have it already: Title of a (another line has the credit)',
    })
  })

  it('by the line with the smaller id, whatever their order', () => {
    expect(
      totals([
        { id: 'z', variantId: 'ab' },
        { id: 'y', variantId: 'ac' },
      ]),
    ).toEqual([5000, 4000])
  })

  it('by two upgrades from the same, and by an upgrade and a program', () => {
    expect(totals([{ variantId: 'more' }, { variantId: 'most' }])).toEqual([4000, 20_000])
    expect(totals([{ variantId: 'more' }, { variantId: 'ab' }])).toEqual([4000, 5000])
    expect(totals([{ variantId: 'ab' }, { variantId: 'more' }])).toEqual([4000, 10_000])
  })

  it('so that a page shows such lines as they are in the cart, and not otherwise', () => {
    const isFixed = (...ids: string[]) =>
      scheduleLines(inputsOf(ids.map((variantId) => ({ variantId }))), builtInRules).isFixed
    expect([isFixed('ab', 'ac'), isFixed('more', 'most'), isFixed('more', 'ab')]).toEqual([true, true, true])
    expect(isFixed('more', 'c')).toBe(false)
  })

  it('and not by a line that is not sold, is for somebody else, or credits nothing', () => {
    const gone = inputsOf([{ variantId: 'more' }, { variantId: 'most' }])
    const { more } = gone.variants
    const variants = { ...gone.variants, ...(more ? variantsById({ ...more, capacity: 1, placesLeft: 0 }) : {}) }
    expect(quote({ ...gone, variants }).lines.map(({ total }) => total)).toEqual([0, 14_000])
    expect(totals([{ variantId: 'more', forOthers: true }, { variantId: 'most' }])).toEqual([10_000, 14_000])
    expect(totals([{ variantId: 'without' }, { variantId: 'ab' }])).toEqual([5000, 4000])
    expect(linesOf([{ variantId: 'ab' }, { variantId: 'without' }])[1]?.adjustments[1]?.reason).toBe(
      'You have it already: Title of a',
    )
  })
})
