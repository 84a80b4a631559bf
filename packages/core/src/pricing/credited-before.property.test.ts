import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PaidPrice } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const COURSES = ['a', 'b', 'c']
const ONCE = { repeatable: false }

interface Offer {
  readonly parts: readonly string[]
  readonly price: number
  readonly rule: 'money_paid' | 'list_price_then' | null
}

const variantOf = (id: string, { parts, price, rule }: Offer): PricedVariant =>
  rule === null
    ? sampleVariant(id, price, {
        bundle: {
          parts: [...parts, 'new'].map((part) => ({ id: part, variantId: part })),
          ...{ pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
        },
      })
    : sampleVariant(id, price, { upgrade: { from: parts, credit: rule } })

const price = fc.integer({ min: 0, max: 300 })
const offers = fc.array(
  fc.record({
    parts: fc.uniqueArray(fc.constantFrom(...COURSES), { minLength: 1 }),
    price,
    rule: fc.constantFrom('money_paid' as const, 'list_price_then' as const, null),
  }),
  { minLength: 1, maxLength: 6 },
)
const paid = fc.tuple(price, price, price)
/** Nothing, some or all of a payment. */
const spent = fc.oneof(fc.constant(0), fc.constant(300), price)
const few = fc.oneof(fc.integer({ min: 1, max: 3 }), price)

/** The inputs of one order of somebody who owns the courses. */
function inputsOf(ids: readonly string[], all: readonly Offer[], owned: Readonly<Record<string, PaidPrice>>) {
  const lines = ids.map((variantId, place): PricedLine => ({ id: `${place}`, variantId, quantity: 1 }))
  const inputs = sampleInputs({
    lines,
    variants: variantsById(
      ...[...COURSES, 'new'].map((id) => sampleVariant(id, 100, ONCE)),
      ...all.map((offer, place) => variantOf(`offer-${place}`, offer)),
    ),
  })
  const facts = { products: [], variants: COURSES, paid: owned }
  return { ...inputs, shopper: { ...inputs.shopper, owned: facts } } satisfies PricingInputs
}

describe('over any orders of programs and upgrades that share courses', () => {
  it('no payment is credited more than it was, whichever orders are cancelled between', () => {
    fc.assert(
      fc.property(
        offers,
        paid,
        fc.array(fc.tuple(fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), fc.boolean())),
        (all, amounts, orders) => {
          const spent = new Map<string, number>()
          for (const [places, isCancelled] of orders) {
            const ids = [...new Set(places.filter((place) => place < all.length))].map((place) => `offer-${place}`)
            const owned = Object.fromEntries(
              COURSES.map((id, place) => {
                const amount = amounts[place] ?? 0
                return [
                  id,
                  { amount, listPrice: amount, credited: spent.get(`credited:${id}`) ?? 0, counter: `credited:${id}` },
                ]
              }),
            )
            const { uses, lines } = quote(inputsOf(ids, all, owned))
            const credits = uses.filter(({ counter }) => counter.startsWith('credited:'))
            const ofSteps = lines.flatMap(({ adjustments, leftOut = [] }) => [
              ...leftOut.map(({ credit }) => credit),
              ...adjustments.flatMap(({ cause, amount }) => (cause.type === 'upgrade' ? [-amount] : [])),
            ])
            const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0)
            expect(sum(credits.map(({ n }) => n))).toBe(sum(ofSteps))
            if (isCancelled) continue
            for (const { counter, n, limit } of credits) {
              const after = (spent.get(counter) ?? 0) + n
              expect(limit).toBe(after)
              spent.set(counter, after)
            }
            for (const [place, id] of COURSES.entries())
              expect(spent.get(`credited:${id}`) ?? 0).toBeLessThanOrEqual(amounts[place] ?? 0)
          }
        },
      ),
    )
  })

  it('who has more left of a payment never pays more, and one cent less left never costs more than one cent', () => {
    fc.assert(
      fc.property(
        offers,
        paid,
        fc.tuple(spent, spent, spent),
        fc.constantFrom(...COURSES),
        few,
        (all, amounts, credited, which, more) => {
          const totalWith = (changed: number) => {
            const owned = Object.fromEntries(
              COURSES.map((id, place) => {
                const amount = amounts[place] ?? 0
                const before = id === which ? changed : (credited[place] ?? 0)
                return [id, { amount, listPrice: amount, ...(before > 0 ? { credited: before } : {}) }]
              }),
            )
            return quote(inputsOf(['offer-0'], all, owned)).total
          }
          const own = credited[COURSES.indexOf(which)] ?? 0
          const [cheaper, dearer] = [totalWith(own), totalWith(own + more)]
          // Of what no order has credited all is credited, also where leaving it out would cost less.
          if (own > 0) expect(cheaper).toBeLessThanOrEqual(dearer)
          expect(dearer - cheaper).toBeLessThanOrEqual(more)
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    [0, 0, 30],
    [1, 0, 31],
    [1, 10, 31],
    [0, 10, 30],
    [60, 10, 80],
  ])('each part by itself: %d of 60 and %d of 10 credited before, a program of 100 costs %d', (a, b, total) => {
    const parts = ['a', 'b', 'new']
    const inputs = sampleInputs({
      lines: [{ id: 'l', variantId: 'program', quantity: 1 }],
      variants: variantsById(
        ...parts.map((id) => sampleVariant(id, id === 'new' ? 80 : 10, ONCE)),
        sampleVariant('program', 100, {
          bundle: {
            parts: parts.map((id) => ({ id, variantId: id })),
            ...{ pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
          },
        }),
      ),
    })
    const of = (amount: number, credited: number) => ({ amount, listPrice: amount, credited })
    const owned = { products: [], variants: ['a', 'b'], paid: { a: of(60, a), b: of(10, b) } }
    expect(quote({ ...inputs, shopper: { ...inputs.shopper, owned } }).total).toBe(total)
  })
})
