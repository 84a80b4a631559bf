import { describe, expect, it } from 'vitest'
import { customers, newCustomer } from '../customer/index.ts'
import type { Call, Change, Ref } from '../ports/index.ts'
import type { Promotion } from '../promotion/index.ts'
import { insert, memoryStorage } from '../storage/index.ts'
import type { BookEntry } from './price-book.ts'
import type { PricingSubject } from './pricing-subject.ts'
import { readCounters } from './read-counters.ts'
import { sampleCode, sampleEntry, samplePromotion } from './sample-inputs.ts'

const SCOPE = { operator: 'school', site: 'main' }
const CALL = { scope: SCOPE, now: '2026-06-15T12:00:00.000Z' } as unknown as Call // no more is asked of it
const OWNER = newCustomer({ newId: () => 'cus_1' }, '2026-06-15T12:00:00.000Z', { hostId: 'learner-1' })
const LIMITS = { uses: null, usesPerCustomer: null }
const shopper = (customerId: string | null) => ({ customerId, groups: [], firstOrder: 'unknown' as const })

const subjectOf = (changes: Partial<PricingSubject> = {}): PricingSubject => ({
  ...{ lines: [], codes: [], currency: 'EUR', country: null, region: null, taxExemption: null, holds: [] },
  shopper: shopper('cus_1'),
  ...changes,
})

interface Given {
  subject?: Partial<PricingSubject>
  promotions?: readonly Partial<Promotion>[]
  entries?: readonly (BookEntry | null)[]
  codes?: Parameters<typeof readCounters>[2]['codes']
}

/** What is said of a cart, and the names of the counters and the ids that were read for it, each read in a list. */
async function readFor({ subject = {}, promotions = [], entries = [], codes = [] }: Given, changes: Change[] = []) {
  const storage = memoryStorage()
  await storage.migrate([customers])
  if (changes.length > 0) expect((await storage.commit(SCOPE, changes)).outcome).toBe('committed')
  const reads: string[][] = []
  const watched = {
    ...storage,
    read: (scope: typeof SCOPE, refs: readonly Ref[]) => {
      reads.push(refs.map((ref) => ('counter' in ref ? ref.counter : 'id' in ref ? ref.id : '')))
      return storage.read(scope, refs)
    },
  }
  const counters = await readCounters(watched, CALL, {
    entries: new Map(entries.map((entry, place) => [entry?.variant.id ?? `var_none_${place}`, entry])),
    promotions: promotions.map((one) => samplePromotion(one)),
    codes,
    subject: subjectOf(subject),
  })
  return { counters, reads }
}

const hold = (counter: string, name: string, n: number): Change => ({
  ...{ do: 'hold', counter, hold: name, n, limit: 1000, due: '2026-06-15T13:00:00.000Z' },
})

describe('of a cart is read', () => {
  const firstOrder = { conditions: [{ type: 'first_order' as const }] }
  const forTwo = { id: 'pro_2', limits: { uses: null, usesPerCustomer: 2 } }
  const limited = sampleEntry('var_a', { variant: { capacity: 5 } })
  const once = sampleEntry('var_b', { variant: { repeatable: false } })
  const budget = { limits: { ...LIMITS, money: [{ amount: 900, currency: 'EUR' }] } }
  const guest = { shopper: shopper(null) }
  it.each<[what: string, given: Given, names: readonly string[]]>([
    ['of what has no limit nothing', { promotions: [{}], entries: [sampleEntry('var_a'), null] }, []],
    ['what a promotion has in all', { promotions: [{ limits: { ...LIMITS, uses: 9 } }] }, ['promotion:pro_1']],
    ['what it has for the customer', { promotions: [{}, forTwo] }, ['promotion:pro_2:cus_1']],
    ['nothing of that for a guest', { promotions: [forTwo], subject: guest }, []],
    ['its budget', { promotions: [budget] }, ['budget:pro_1:EUR']],
    ['no budget of another currency', { promotions: [budget], subject: { currency: 'USD' } }, []],
    ['no budget where it has none', { promotions: [{ limits: { ...LIMITS, money: null } }] }, []],
    ['the customer’s orders, where a promotion asks', { promotions: [{}, firstOrder] }, ['orders:cus_1']],
    ['no orders of a guest', { promotions: [firstOrder], subject: guest }, []],
    ['the places of a variant that has some', { entries: [null, sampleEntry('var_c'), limited] }, ['capacity:var_a']],
    [
      'at checkout what was bought of what is sold once',
      { entries: [null, once, sampleEntry('var_c')], subject: { moment: 'checkout', owner: OWNER } },
      ['owned:var_b:cus_1'],
    ],
    ['not of the owner in a cart', { entries: [once], subject: { moment: 'cart', owner: OWNER } }, []],
    ['not of nobody', { entries: [once], subject: { moment: 'checkout', owner: null } }, []],
    ['not of nobody known', { entries: [once], subject: { moment: 'checkout' } }, []],
  ])('%s', async (_what, given, names) => {
    expect((await readFor(given)).reads).toEqual(names.length === 0 ? [] : [names])
  })

  it('all at once, each once, with the people of its codes', async () => {
    const { reads } = await readFor({
      promotions: [{ limits: { uses: 9, usesPerCustomer: 1 } }],
      codes: [sampleCode({ assignedTo: 'cus_2' })],
      subject: { codes: ['cod_1'] },
    })
    expect(reads).toHaveLength(1)
    expect(reads[0]?.toSorted()).toEqual([
      ...['budget:pro_1:EUR', 'code:cod_1', 'code:cod_1:cus_1', 'cus_2', 'orders:cus_1'],
      ...['promotion:pro_1', 'promotion:pro_1:cus_1'],
    ])
  })
})

describe('counters say', () => {
  const promotions = [{ limits: { ...LIMITS, uses: 10 } }]
  const name = 'promotion:pro_1'

  it('what is used and held, and what is left of a limit', async () => {
    const storage = [hold(name, 'ord_1', 2), hold(name, 'ord_2', 3)]
    const { counters } = await readFor({ promotions }, storage)
    expect(counters.others(name)).toEqual({ used: 0, held: 5 })
    expect(counters.left(name, 10)).toBe(5)
  })

  it.each([
    ['less what is used and what is held', 10, 10 - 4 - 3],
    ['nothing, and never less, where more was given than there is now', 6, 0],
    ['no number, where there is no limit', null, null],
  ])('of a limit %s', async (_what, limit, left) => {
    const storage = memoryStorage()
    await storage.commit(SCOPE, [hold(name, 'ord_1', 4), hold(name, 'ord_2', 3)])
    await storage.commit(SCOPE, [{ do: 'commitHold', counter: name, hold: 'ord_1' }])
    const counters = await readCounters(storage, CALL, {
      ...{ entries: new Map(), codes: [], subject: subjectOf() },
      promotions: promotions.map((one) => samplePromotion(one)),
    })
    expect(counters.others(name)).toEqual({ used: 4, held: 3 })
    expect(counters.left(name, limit)).toBe(left)
  })

  it('that nothing is used of what nobody held', async () => {
    const { counters } = await readFor({ promotions })
    expect([counters.others(name), counters.left(name, 10)]).toEqual([{ used: 0, held: 0 }, 10])
    expect(counters.left('something else', 4)).toBe(4)
  })

  it('what others hold, without what the cart’s own pending order does', async () => {
    const changes = [hold(name, 'ord_1', 2), hold(name, 'ord_2', 3)]
    const ofOrder = (n: number) => ({ promotions, subject: { holds: [{ counter: name, n }] } })
    const { counters } = await readFor(ofOrder(2), changes)
    expect([counters.others(name).held, counters.left(name, 10)]).toEqual([3, 7])
    // An order that was placed meanwhile holds nothing more, and nothing comes back by that.
    expect((await readFor(ofOrder(9), changes)).counters.others(name).held).toBe(0)
    const other = await readFor({ promotions, subject: { holds: [{ counter: 'promotion:pro_2', n: 2 }] } }, changes)
    expect(other.counters.others(name).held).toBe(5)
  })

  it('who the people are to whom codes are assigned, of those who are there', async () => {
    const ada = {
      ...{ id: 'cus_2', hostId: null, email: 'ada@school.example', name: null, links: [], groups: [] },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', erasedAt: null },
    }
    const codes = [
      sampleCode({ id: 'cod_1', assignedTo: 'cus_2' }),
      sampleCode({ id: 'cod_2', assignedTo: 'cus_gone' }),
      sampleCode({ id: 'cod_3' }),
    ]
    const { counters } = await readFor({ codes, subject: { codes: ['cod_1', 'cod_2', 'cod_3'] } }, [
      insert(customers, 'cus_2', ada),
    ])
    expect([...counters.assignees]).toEqual([['cus_2', ada]])
  })
})
