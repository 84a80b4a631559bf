import { describe, expect, it } from 'vitest'
import { type BenefitRule, builtInBenefits, builtInConditions, promotionRules } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedPromotion, PricedSite } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

type Off = { type: 'off' | 'kept'; amount: number; keeps?: 'lines' | 'total' | undefined }

let reckonings = 0
/** So much off each line; it may take more where less is left, for all that the search is told. */
const off: BenefitRule<Off> = {
  type: 'off',
  discounts({ amount }, lines) {
    reckonings += 1
    return lines.map(({ left }) => Math.min(left, amount))
  },
  describe: ({ amount }) => `${amount} off`,
}
/** The same, which says what it keeps of the order of what is left. */
const kept: BenefitRule<Off> = { ...off, type: 'kept', keepsOrder: ({ keeps = null }) => keeps }
/** All of a line that nothing was taken off before. */
const untouched: BenefitRule = {
  type: 'untouched',
  discounts: (_, lines) => lines.map(({ left, base }) => (left === base ? left : 0)),
  describe: () => 'Free',
}
const rules = promotionRules({
  conditions: builtInConditions,
  benefits: [...builtInBenefits, off as BenefitRule, kept as BenefitRule, untouched],
})

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']

/** Takes `amount` off the lines named. */
const takes = (id: string, amount: number, lines: string, changes: Partial<PricedPromotion> = {}): PricedPromotion =>
  samplePromotion({
    id,
    // The union of the built-in kinds does not know the host's.
    benefit: { type: 'off', amount } as unknown as PricedPromotion['benefit'],
    conditions: [{ type: 'variants', variants: [...lines].map((name) => `var_${name}`) }],
    ...changes,
  })
const free = (id: string, lines: string, changes: Partial<PricedPromotion> = {}): PricedPromotion =>
  takes(id, 0, lines, { benefit: { type: 'untouched' } as unknown as PricedPromotion['benefit'], ...changes })

/** Takes 10 off line a and keeps so much of the order. */
const keeps = (id: string, order: Off['keeps'], changes: Partial<PricedPromotion> = {}) => {
  const benefit = { type: 'kept', amount: 10, keeps: order } satisfies Off
  return takes(id, 0, 'a', { benefit: benefit as unknown as PricedPromotion['benefit'], ...changes })
}
/** With so much left of a budget, or no budget but so much for an order. */
const within = (moneyLeft: number | null, whenShort: 'nothing' | 'rest'): Partial<PricedPromotion> => {
  const most = [{ amount: 1000, currency: 'EUR' }]
  const limits = { uses: null, usesPerCustomer: null, whenShort }
  if (moneyLeft === null) return { limits: { ...limits, moneyPerOrder: most } }
  return { moneyLeft, limits: { ...limits, money: most } }
}

/** The discount on lines of 100 each, what applied, and how often a benefit was reckoned. */
const search = (...promotions: PricedPromotion[]) => searchAt(sampleInputs().site, promotions)

function searchAt(site: PricedSite, promotions: readonly PricedPromotion[]) {
  reckonings = 0
  const answer = quote(
    sampleInputs({
      site,
      lines: NAMES.map((name) => ({ id: name, variantId: `var_${name}`, quantity: 1 })),
      variants: variantsById(...NAMES.map((name) => sampleVariant(`var_${name}`, 100))),
      promotions: promotions.map((one, place) => ({ ...one, priority: 100 - place })),
    }),
    rules,
  )
  const steps = answer.lines.flatMap(({ adjustments }) => adjustments)
  const applied = steps.flatMap(({ cause }) => ('promotion' in cause ? [cause.promotion] : []))
  return { discount: answer.discount, applied: [...new Set(applied)].sort(), reckonings }
}

describe('of a group', () => {
  it('the best applies, though its members share no line', () => {
    const found = search(takes('p', 10, 'a', { group: 'g' }), takes('q', 20, 'b', { group: 'g' }))
    expect(found).toMatchObject({ discount: 20, applied: ['q'] })
  })

  it('the best applies with what else applies to its lines', () => {
    const found = search(takes('p', 60, 'a', { group: 'g' }), takes('q', 70, 'b', { group: 'g' }), takes('r', 50, 'b'))
    // Beside 60 of line a all 50 of line b are taken; 70 leave 30 of it.
    expect(found).toMatchObject({ discount: 110, applied: ['p', 'r'] })
  })

  it('one applies of each of two', () => {
    const found = search(
      takes('p', 10, 'a', { group: 'g' }),
      takes('q', 20, 'a', { group: 'g' }),
      takes('r', 30, 'a', { group: 'h' }),
      takes('s', 5, 'a', { group: 'h' }),
    )
    expect(found).toMatchObject({ discount: 50, applied: ['q', 'r'] })
  })

  it('a member that takes nothing shuts nothing out', () => {
    const found = search(takes('p', 0, 'a', { group: 'g' }), takes('q', 20, 'a', { group: 'g' }))
    expect(found).toMatchObject({ discount: 20, applied: ['q'] })
  })

  it('a member that takes nothing after another lets the next one have its place', () => {
    const found = search(takes('p', 100, 'a'), takes('q', 40, 'a', { group: 'g' }), takes('r', 30, 'b', { group: 'g' }))
    expect(found).toMatchObject({ discount: 130, applied: ['p', 'r'] })
  })

  it('one alone in its group is like one in none', () => {
    expect(search(takes('p', 10, 'a', { group: 'g' }), takes('q', 20, 'a'))).toMatchObject({ discount: 30 })
  })
})

describe('what is left out', () => {
  it('is what stands in the way of more', () => {
    expect(search(takes('p', 10, 'a'), free('q', 'a'))).toMatchObject({ discount: 100, applied: ['q'] })
    expect(search(takes('p', 10, 'ab'), free('q', 'a'), takes('r', 1, 'b'))).toMatchObject({
      ...{ discount: 101, applied: ['q', 'r'] },
    })
  })

  it('is not what another set of lines has', () => {
    expect(search(takes('p', 10, 'a'), takes('r', 20, 'b'), free('q', 'a'))).toMatchObject({
      ...{ discount: 120, applied: ['q', 'r'] },
    })
  })

  it('is a promotion before a budget that gives nothing where it is short', () => {
    const budget = {
      ...{ benefit: { type: 'percent', percent: '50' } as const, moneyLeft: 30 },
      limits: { uses: null, usesPerCustomer: null, money: [{ amount: 1000, currency: 'EUR' }] },
    }
    // 50 % of 100 are more than the 30 that are left; of the 60 that remain they are not.
    expect(search(takes('p', 40, 'a'), takes('q', 0, 'a', budget))).toMatchObject({ discount: 70, applied: ['p', 'q'] })
    const rest = { ...budget, limits: { ...budget.limits, whenShort: 'rest' as const } }
    expect(search(takes('p', 40, 'a'), takes('q', 0, 'a', rest))).toMatchObject({ discount: 70, applied: ['p', 'q'] })
    // After 10 the percent takes 45, which is too much; after 40 and 10 it takes 25.
    expect(search(takes('p', 40, 'a'), takes('r', 10, 'a'), takes('q', 0, 'a', budget))).toMatchObject({ discount: 75 })
  })
})

describe('where a site does not choose the best', () => {
  it('none is left out that no group shuts out, though that would pay', () => {
    const { promotionChoice: _best, ...site } = sampleInputs().site
    const members = [takes('g', 5, 'a', { group: 'g' }), takes('h', 6, 'a', { group: 'g' })]
    const found = searchAt(site, [takes('p', 10, 'a'), free('q', 'a'), ...members])
    expect(found).toMatchObject({ discount: 16, applied: ['h', 'p'] })
  })
})

describe('a promotion may be left out', () => {
  const [p, r] = [keeps('p', 'lines'), keeps('r', 'lines')]
  it.each<[what: string, isSearched: boolean, promotions: readonly PricedPromotion[]]>([
    ['not where what follows keeps the order of each line', false, [p, r, keeps('s', 'lines')]],
    ['not where the last keeps that of sums', false, [p, r, keeps('s', 'total')]],
    ['before one that keeps that of sums, and is not the last', true, [p, keeps('q', 'total'), r]],
    ['before one that keeps none, though it is the last', true, [p, keeps('q', undefined)]],
    ['before one that keeps none, and is not the last', true, [p, keeps('q', undefined), r]],
    ['not where it is the last itself', false, [keeps('q', undefined)]],
    ['not for a last one with a budget that gives the rest', false, [p, keeps('q', 'lines', within(50, 'rest'))]],
    ['for one before others with a budget that gives the rest', true, [p, keeps('q', 'lines', within(50, 'rest')), r]],
    [
      'for one with a budget that gives nothing where it is short',
      true,
      [p, keeps('q', 'lines', within(50, 'nothing'))],
    ],
    ['not for a last one with a most for each order', false, [p, keeps('q', 'lines', within(null, 'nothing'))]],
    ['for one before others with a most for each order', true, [p, keeps('q', 'lines', within(null, 'nothing')), r]],
    ['for one with a budget that keeps none', true, [p, keeps('q', undefined, within(50, 'rest'))]],
    ['for another of its group', true, [keeps('p', 'lines', { group: 'g' }), keeps('q', 'lines', { group: 'g' })]],
    ['not where it is alone in its group', false, [keeps('p', 'lines', { group: 'g' }), r]],
  ])('%s', (_, isSearched, promotions) => {
    // Where nothing is searched each is reckoned once, for the answer.
    expect(search(...promotions).reckonings > promotions.length).toBe(isSearched)
  })
})

describe('the search', () => {
  it('is one for each set that shares a line or a group, though leaving out pays in each', () => {
    const three = (line: string) => [takes(`${line}p`, 10, line), free(`${line}q`, line), takes(`${line}r`, 1, line)]
    const one = search(...three('a'))
    expect(one).toMatchObject({ discount: 100, applied: ['aq'] })
    const all = search(...three('a'), ...three('b'), ...three('c'))
    expect(all).toMatchObject({ discount: 300, reckonings: 3 * one.reckonings })
  })

  it('is one for each group where lines are apart', () => {
    const two = (group: string, first: string, second: string) => [
      takes(`${group}p`, 10, first, { group }),
      takes(`${group}q`, 20, second, { group }),
    ]
    const one = search(...two('g', 'a', 'b'))
    const both = search(...two('g', 'a', 'b'), ...two('h', 'c', 'd'))
    expect(both).toMatchObject({ discount: 40, applied: ['gq', 'hq'], reckonings: 2 * one.reckonings })
  })

  it('takes a set whole in which nothing may be left out', () => {
    const contested = [takes('p', 10, 'b', { group: 'g' }), takes('q', 20, 'b', { group: 'g' })]
    const alone = search(...contested)
    const beside = search(...contested, keeps('r', 'lines'), keeps('s', 'lines'))
    expect(beside.reckonings).toBe(alone.reckonings + 2)
  })

  it('reckons on the sum of what is in no group', () => {
    // Without the first, which takes 70 of each, both lines are free.
    const found = search(takes('p', 70, 'ab'), free('q', 'a'), free('r', 'b'))
    expect(found).toMatchObject({ discount: 200, applied: ['q', 'r'] })
  })

  it('reckons on no more than the best of each group, whatever the order of its members', () => {
    const others = [30, 20, 30].map((amount, place) => takes(`m${place}`, amount, 'a', { group: 'g' }))
    // Each alone: 4. With the first: itself, and each member once. Without it no member makes up for 40. The answer: 2, and
    // 2 more for what is said of those that do not apply.
    expect(search(takes('z', 10, 'a'), ...others)).toMatchObject({ discount: 40, reckonings: 4 + 1 + 3 + 2 + 2 })
  })

  it('tries no other of a group where even all of them would be more', () => {
    const members = [50, 30, 25].map((amount, place) => takes(`m${place}`, amount, 'a', { group: 'g' }))
    expect(search(...members)).toMatchObject({ discount: 50, applied: ['m0'], reckonings: 3 + 1 + 1 + 2 })
  })

  it('reckons on no more than a budget that gives the rest has', () => {
    // Each alone: 2. With the first: 2. Without it 5 could not make up for 35. The answer: 2.
    expect(search(takes('p', 30, 'a'), takes('q', 50, 'a', within(5, 'rest')))).toMatchObject({
      ...{ discount: 35, reckonings: 2 + 2 + 2 },
    })
  })

  it('does not reckon again what takes nothing alone', () => {
    const found = search(takes('p', 0, 'a', { group: 'g' }), takes('q', 20, 'a', { group: 'g' }), takes('r', 5, 'a'))
    // Each alone: 3. Of those that take something: 2. The answer: 2, and one more for what is said of the first.
    expect(found).toMatchObject({ discount: 25, reckonings: 3 + 2 + 2 + 1 })
  })

  it('of equal ones finds the one that comes first by precedence', () => {
    const second = search(takes('q', 10, 'a', { group: 'g' }), takes('p', 10, 'a', { group: 'g' }))
    expect(second).toMatchObject({ discount: 10, applied: ['q'] })
    // Line promotions apply first, however they come by precedence: this one comes last.
    const whole = takes('w', 10, 'a', { group: 'g', conditions: [], benefit: { type: 'percent', percent: '10' } })
    const lines = takes('l', 10, NAMES.join(''), { group: 'g' })
    expect(search(whole, lines)).toMatchObject({ discount: 120, applied: ['w'] })
  })

  it('is one for each set that shares a line, so that sets do not multiply', () => {
    const four = (line: string) => NAMES.slice(0, 4).map((name, place) => takes(`${line}${name}`, place + 1, line))
    const one = search(...four('a')).reckonings
    const three = search(...four('a'), ...four('b'), ...four('c')).reckonings
    expect(one).toBeGreaterThan(4)
    expect(three).toBe(3 * one)
  })

  it('ends a branch that cannot make up for what is missing', () => {
    // Each is best taken: the first branch takes all, and no other can reach it. One by one for what each takes at most, all
    // together, and all together once more for the answer.
    const all = NAMES.slice(0, 8).map((name) => takes(name, 5, 'a'))
    expect(search(...all)).toMatchObject({ discount: 40, reckonings: 8 + 8 + 8 })
  })

  it('reckons on what members of a group could give, the best of each, as they come', () => {
    const found = search(
      takes('p', 50, 'a', { group: 'g' }),
      takes('q', 30, 'a', { group: 'g' }),
      takes('r', 10, 'a', { group: 'g' }),
    )
    // After 50 no other of the group is tried: 30 could not make up for it. The two that do not apply are reckoned once more
    // for what is said of them.
    expect(found).toMatchObject({ discount: 50, applied: ['p'], reckonings: 3 + 1 + 1 + 2 })
  })

  it('goes on where what follows may be more', () => {
    const found = search(
      takes('p', 10, 'a', { group: 'g' }),
      takes('q', 30, 'a', { group: 'g' }),
      takes('r', 50, 'a', { group: 'g' }),
    )
    expect(found).toMatchObject({ discount: 50, applied: ['r'], reckonings: 3 + 3 + 1 + 2 })
  })

  it('ends after 512 reckonings with the best that it has seen', () => {
    // Each line is free where nothing was taken off it: the more is left out the better, which is seen last.
    const all = NAMES.flatMap((name) => [takes(`p${name}`, 1, name), free(`q${name}`, name)])
    const joined = takes('join', 1, NAMES.join(''))
    const found = search(joined, ...all)
    expect(found.reckonings).toBeLessThan(13 + 512 + 13 + 1)
    expect(found.discount).toBeGreaterThan(0)
  })
})
