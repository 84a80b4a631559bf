import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insert } from '../storage/index.ts'
import { importBatches } from './import-batches.ts'
import type { ProductPlan } from './plan-import.ts'

const collection = { name: 'things', of: 'operator', columns: {}, unique: {}, indexes: {} } as const

const plan = (id: string, changes: number, given: Partial<ProductPlan> = {}): ProductPlan => ({
  ...{ id, isNew: true, kind: 'part', slug: { before: null, after: id } },
  ...{ fields: [], pricingIds: [], isLimited: false },
  changes: Array.from({ length: changes }, (_, place) => insert(collection, `${id}-${place}`, {})),
  ...given,
})
const idsOf = (plans: readonly ProductPlan[]) => importBatches(plans).map((batch) => batch.map(({ id }) => id))

describe('an import is stored', () => {
  it('a hundred changes at a time, in the order of the file', () => {
    expect(idsOf(['a', 'b', 'c', 'd'].map((id) => plan(id, 40)))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(idsOf([plan('a', 60), plan('b', 40), plan('c', 1)])).toEqual([['a', 'b'], ['c']])
  })

  it('a product at a time where one has more, for it is never parted', () => {
    expect(idsOf([plan('a', 1), plan('b', 250), plan('c', 1)])).toEqual([['a'], ['b'], ['c']])
  })

  it('without what is so already', () => {
    expect(idsOf([plan('a', 0), plan('b', 1), plan('c', 0)])).toEqual([['b']])
    expect(idsOf([plan('a', 0)])).toEqual([])
  })

  it('bundles after what they are made of', () => {
    const given = [plan('bundle', 6, { kind: 'bundle' }), plan('both', 6, { kind: 'both' }), plan('part', 6)]
    expect(idsOf(given)).toEqual([['part'], ['both'], ['bundle']])
  })

  it('those together that take slugs from each other', () => {
    const [a, b] = [
      plan('a', 6, { slug: { before: 'one', after: 'two' } }),
      plan('b', 200, { slug: { before: 'two', after: 'three' } }),
    ]
    expect(idsOf([a, plan('c', 6), b, plan('bundle', 6, { kind: 'bundle' })])).toEqual([['a', 'b'], ['c'], ['bundle']])
  })

  it('pairs that swap apart from other pairs', () => {
    const pair = (n: number) => [
      plan(`a${n}`, 30, { slug: { before: `x${n}`, after: `y${n}` } }),
      plan(`b${n}`, 30, { slug: { before: `y${n}`, after: `x${n}` } }),
    ]
    expect(idsOf([1, 2, 3].flatMap(pair))).toEqual([
      ['a1', 'b1'],
      ['a2', 'b2'],
      ['a3', 'b3'],
    ])
  })

  it('apart where a slug stays, is new or is left to nobody', () => {
    const [stays, isNew, leaves] = [
      plan('a', 100, { slug: { before: 'one', after: 'one' } }),
      plan('b', 100, { slug: { before: null, after: 'two' } }),
      plan('c', 100, { slug: { before: 'three', after: null } }),
    ]
    expect(idsOf([stays, isNew, leaves])).toEqual([['a'], ['b'], ['c']])
  })

  it('each product once, and with whoever has its slug', () => {
    const slug = fc.option(fc.constantFrom('one', 'two', 'three', 'four'), { nil: null })
    const kind = fc.constantFrom('part', 'both', 'bundle')
    const some = fc.record({ changes: fc.nat(120), kind, before: slug, after: slug })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (given) => {
        const before = new Set<string>()
        const plans = given.map(({ changes, kind, ...slugs }, place) => {
          const isTaken = slugs.before !== null && before.has(slugs.before)
          if (slugs.before !== null) before.add(slugs.before)
          return plan(`p${place}`, changes, { kind, slug: { ...slugs, before: isTaken ? null : slugs.before } })
        })
        const batches = importBatches(plans)
        const changed = plans.filter(({ changes }) => changes.length > 0)
        expect(new Set(batches.flat())).toEqual(new Set(changed))
        expect(batches.flat()).toHaveLength(changed.length)
        for (const batch of batches) {
          for (const { slug } of batch) {
            const owner = changed.find((other) => other.slug.before === slug.after && slug.after !== null)
            if (owner !== undefined && owner.slug.after !== slug.after) expect(batch).toContain(owner)
          }
        }
      }),
    )
  })
})
