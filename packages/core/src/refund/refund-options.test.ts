import { describe, expect, test } from 'vitest'
import type { Order } from '../order/index.ts'
import type { PricingInputs } from '../pricing/index.ts'
import { sampleInputs, samplePrice, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { type LineShares, sharesAsSold } from './part-shares.ts'
import { reckonRefund } from './reckon-refund.ts'
import { type RefundOptionsFacts, refundOptions } from './refund-options.ts'
import { sampleOrder, samplePrograms } from './sample-order.ts'

/** 11.90 each, 9.52 each from three on: 28.56 for three. */
const books = sampleInputs({
  lines: [{ id: 'lin_1', variantId: 'var_book', quantity: 3 }],
  variants: variantsById(
    sampleVariant('var_book', null, { prices: [samplePrice(1190), samplePrice(952, { minimumQuantity: 3 })] }),
  ),
  taxRates: [{ id: 'all', country: 'DE', category: '*', name: 'VAT', rate: '19' }],
})

const programs = samplePrograms(2)

const NO_RULE = {
  windowDays: null,
  beforeStart: false,
  maximumProgress: null,
  withoutCertificate: false,
  withoutWaiver: false,
}

const ask = (order: Order, inputs: PricingInputs | null, changes: Partial<RefundOptionsFacts> = {}) =>
  refundOptions(order, {
    ...{ now: '2026-06-20T12:00:00.000Z', timeZone: 'Europe/Berlin', policy: NO_RULE, inputs },
    factsOf: () => null,
    ...changes,
  })

const totals = (order: Order, inputs: PricingInputs | null, changes: Partial<RefundOptionsFacts> = {}) =>
  ask(order, inputs, changes).lines.flatMap(({ parts }) =>
    parts.map(({ unit, part, share, reprice, wholeOnly }) => [
      ...[`${unit}/${part}`, share.total, reprice?.total ?? null, wholeOnly?.total ?? null],
    ]),
  )

const repriced = (inputs: PricingInputs): Order => {
  const order = sampleOrder(inputs)
  return { ...order, lines: order.lines.map((line) => ({ ...line, refundRule: 'reprice' as const })) }
}

/** What is left of the order's line once one part was refunded by its share. */
function without(order: Order, ...chosen: { unit: number; part: string }[]): ReadonlyMap<string, LineShares> {
  const [line] = order.lines
  if (line === undefined) throw new Error('The order has no line.')
  const answer = reckonRefund({ line, shares: sharesAsSold(line), chosen, rule: 'share', replay: null })
  if (answer.outcome === 'refused') throw new Error(answer.reason)
  return new Map([['lin_1', answer.shares]])
}

describe('what a refund would give back', () => {
  test('of three books at a tier', () => {
    const order = repriced(books)
    const taxes = (amount: number) => [{ taxRate: 'all', rate: '19', jurisdiction: 'DE', amount }]
    expect(ask(order, books)).toStrictEqual({
      currency: 'EUR',
      refusal: null,
      refundable: 2856,
      lines: [
        {
          lineId: 'lin_1',
          rule: 'reprice',
          whole: { net: 2400, tax: 456, total: 2856, taxes: taxes(456) },
          parts: [1, 2, 3].map((unit) => ({
            ...{ unit, part: 'all' },
            share: { net: 800, tax: 152, total: 952, taxes: taxes(152) },
            // 28.56 less 23.80 for two without the tier.
            reprice: { net: 400, tax: 76, total: 476, taxes: taxes(76) },
            wholeOnly: null,
            policy: { answer: 'allowed' },
          })),
        },
      ],
    })
  })

  test('of the last book, all that is left, under each rule', () => {
    const order = repriced(books)
    const shares = without(order, { unit: 1, part: 'all' }, { unit: 3, part: 'all' })
    expect(totals(order, books, { shares })).toStrictEqual([['2/all', 952, 952, 952]])
    // Nothing is kept, so nothing need be priced again.
    expect(totals(order, null, { shares })).toStrictEqual([['2/all', 952, 952, 952]])
  })

  test('of books whose pricing inputs are lost: nothing is said under `reprice`', () => {
    expect(totals(repriced(books), null)).toStrictEqual([1, 2, 3].map((unit) => [`${unit}/all`, 952, null, null]))
  })

  test('of two programs: a part that leaves one unit makes its other part loose', () => {
    // 180.00 were paid. Without a law the other program and an art cost 90.00 + 60.00, without an art 90.00 + 40.00.
    expect(totals(repriced(programs), programs)).toStrictEqual([
      ['1/art', 5400, 5000, null],
      ['1/law', 3600, 3000, null],
      ['2/art', 5400, 5000, null],
      ['2/law', 3600, 3000, null],
    ])
  })

  test('of two programs of which a part was refunded: the loose part goes by itself', () => {
    const order = repriced(programs)
    // 144.00 are left. Without the loose art a program stays, 90.00; without the other art, an art and a law, 100.00; two arts, 120.00.
    expect(totals(order, programs, { shares: without(order, { unit: 1, part: 'law' }) })).toStrictEqual([
      ['1/art', 5400, 5400, null],
      ['2/art', 5400, 4400, null],
      ['2/law', 3600, 2400, null],
    ])
  })

  test('of two programs of which both lost a part: one of two equal loose parts goes', () => {
    const order = repriced(programs)
    const shares = without(order, { unit: 1, part: 'law' }, { unit: 2, part: 'law' })
    // 108.00 are left, and the art that stays costs 60.00.
    expect(totals(order, programs, { shares })).toStrictEqual([
      ['1/art', 5400, 4800, null],
      ['2/art', 5400, 4800, null],
    ])
  })

  test('of lines under another rule nothing is priced again, be the inputs what they may', () => {
    const order = sampleOrder(books)
    const shares = [1, 2, 3].map((unit) => [`${unit}/all`, 952, null, null])
    expect(totals(order, books)).toStrictEqual(shares)
    expect(totals(order, programs)).toStrictEqual(shares)
  })

  test('of one line, with what stands against the order', () => {
    const lines = books.lines.flatMap((line) => [line, { ...line, id: 'lin_2', quantity: 1 }])
    const both = { ...books, lines }
    const order = repriced(both)
    const all = ask(order, both)
    expect(ask(order, both, { lineId: 'lin_2' })).toStrictEqual({ ...all, lines: all.lines.slice(1) })
    const partly = { ...order, money: { ...order.money, captured: 2000 } }
    expect(ask(partly, both, { lineId: 'lin_2' }).refusal).toBe('not_captured')
  })

  test('of ten thousand parts: each other order is looked through once', () => {
    const parts = Array.from({ length: 50 }, (_, place) => ({ id: `p${place}`, variantId: `var_${place}` }))
    const many = sampleInputs({
      lines: [{ id: 'lin_1', variantId: 'var_program', quantity: 200 }],
      variants: variantsById(
        ...parts.map(({ variantId }) => sampleVariant(variantId, 6000)),
        sampleVariant('var_program', 9000, {
          ...{ maximumQuantity: 1000, bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'leave_out' } },
        }),
      ),
    })
    let read = 0
    const other = sampleOrder(books)
    const others = Array.from({ length: 20 }, () => ({
      ...other,
      get lines() {
        read++
        return other.lines
      },
    }))
    expect(ask(sampleOrder(many), many, { others }).lines[0]?.parts).toHaveLength(10_000)
    expect(read).toBe(20)
  })

  test('of a line that is not among the shares, as it was sold', () => {
    const order = repriced(books)
    expect(totals(order, books, { shares: new Map() })).toHaveLength(3)
  })

  test('of shares that are not of the line: they are refused', () => {
    const order = repriced(books)
    const kept = sharesAsSold(order.lines[0] as Order['lines'][number]).kept.map((one) => ({ ...one, part: 'law' }))
    const shares = new Map([['lin_1', { lineId: 'lin_1', version: 1, kept }]])
    expect(() => ask(order, books, { shares })).toThrow(new RangeError('The line has no part "law".'))
  })

  test('with inputs that are not the order’s: they are refused', () => {
    expect(() => ask(repriced(books), programs)).toThrow(RangeError)
  })
})

describe('what stands against a refund', () => {
  const order = sampleOrder(books)
  const { money } = order

  test.each<[string, Partial<Order>, string | null, number]>([
    ['placed', {}, null, 2856],
    ['closed', { state: 'closed' }, null, 2856],
    ['pending', { state: 'pending', money: { ...money, captured: 0 } }, 'not_placed', 0],
    ['cancelled', { state: 'cancelled' }, 'not_placed', 2856],
    ['disputed', { money: { ...money, disputed: 1 } }, 'disputed', 2856],
    ['captured in part', { money: { ...money, captured: 2855 } }, 'not_captured', 2855],
    ['refunded at the processor', { money: { ...money, refunded: 1 } }, 'partly_refunded', 2855],
    ['refunded at the processor in full', { money: { ...money, refunded: 2856 } }, 'refunded', 0],
    ['refunded beyond what was captured', { money: { ...money, refunded: 3000 } }, 'refunded', 0],
    ['paid twice', { money: { ...money, captured: 5712 } }, null, 2856],
    ['paid twice, and given back once', { money: { ...money, captured: 5712, refunded: 2856 } }, null, 2856],
    [
      'paid twice, and given back more',
      { money: { ...money, captured: 5712, refunded: 3856 } },
      'partly_refunded',
      1856,
    ],
    ['captured and refunded in part', { money: { ...money, captured: 2000, refunded: 500 } }, 'not_captured', 1500],
  ])('of an order that is %s', (_name, changes, refusal, refundable) => {
    expect(ask({ ...order, ...changes }, books)).toMatchObject({ refusal, refundable })
  })

  test('a share that was refunded needs no money any more', () => {
    const refunded = { ...order, money: { ...money, refunded: 952 } }
    const shares = without(order, { unit: 1, part: 'all' })
    expect(ask(refunded, books, { shares })).toMatchObject({ refusal: null, refundable: 1904 })
  })
})

describe('what the policy is told', () => {
  const answers = (facts: Partial<RefundOptionsFacts>, changes: Partial<Order> = {}, inputs = books) =>
    ask({ ...sampleOrder(inputs), ...changes }, inputs, facts).lines.flatMap(({ parts }) =>
      parts.map(({ policy }) => policy),
    )
  const all = (answer: string, reason?: string) =>
    [1, 2, 3].map(() => (reason === undefined ? { answer } : { answer, reason }))

  test('when the order was placed, and the time in the site’s zone', () => {
    const policy = { ...NO_RULE, windowDays: 4 }
    // Placed on 15 June: four days end with the 19th, which is over at 22:00 UTC in Berlin and at 04:00 UTC in New York.
    const at = { policy, now: '2026-06-20T00:00:00.000Z' }
    expect(answers(at)).toStrictEqual(all('denied', 'window'))
    expect(answers({ ...at, timeZone: 'America/New_York' })).toStrictEqual(all('allowed'))
    expect(answers(at, { placedAt: '2026-06-16T12:00:00.000Z' })).toStrictEqual(all('allowed'))
  })

  test('what the shopper agreed to', () => {
    const policy = { ...NO_RULE, withoutWaiver: true }
    const waiver = {
      ...{ kind: 'withdrawal_waiver' as const, textVersion: '1', locale: 'en', given: true },
      at: '2026-06-15T12:00:00.000Z',
    }
    expect(answers({ policy })).toStrictEqual(all('allowed'))
    expect(answers({ policy }, { consents: [waiver] })).toStrictEqual(all('denied', 'consents'))
  })

  test('what the platform said of this unit and this part', () => {
    const policy = { ...NO_RULE, withoutCertificate: true }
    const asked: string[] = []
    const found = answers(
      {
        policy,
        factsOf(line, { unit, part }) {
          asked.push(`${line.id}/${unit}/${part}`)
          const facts = { enrolledAt: null, startsAt: null, progress: null, hasCertificate: part === 'art' }
          return unit === 1 ? { outcome: 'found', facts } : null
        },
      },
      {},
      programs,
    )
    expect(asked).toStrictEqual(['lin_1/1/art', 'lin_1/1/law', 'lin_1/2/art', 'lin_1/2/law'])
    expect(found).toStrictEqual([
      { answer: 'denied', reason: 'certificate' },
      { answer: 'allowed' },
      { answer: 'awaiting_facts', reason: 'certificate' },
      { answer: 'awaiting_facts', reason: 'certificate' },
    ])
  })

  test('that a later upgrade credited what was paid: it is not given back twice', () => {
    const upgraded = sampleOrder(
      sampleInputs({
        now: '2026-06-16T12:00:00.000Z',
        lines: [{ id: 'lin_1', variantId: 'var_b', quantity: 1 }],
        variants: variantsById(
          sampleVariant('var_book', 952),
          sampleVariant('var_b', 5000, { upgrade: { from: ['var_book'], credit: 'list_price_now' } }),
        ),
        shopper: {
          ...{ customerId: 'cus_1', groups: [], firstOrder: 'no' },
          owned: { products: [], variants: ['var_book'] },
        },
      }),
    )
    expect(answers({ others: [] })).toStrictEqual(all('allowed'))
    expect(answers({ others: [upgraded] })).toStrictEqual(all('denied', 'upgrade'))
    const namedTo = (customerId: string) => ({
      lines: sampleOrder(books).lines.map((line) => ({
        ...line,
        recipient: { type: 'customer' as const, customerId },
      })),
    })
    // Claimed by who bought it, it is theirs.
    expect(answers({ others: [upgraded] }, namedTo('cus_1'))).toStrictEqual(all('denied', 'upgrade'))
    // Bought for somebody else, it was not what the customer upgraded, and may be what its recipient has.
    expect(answers({ others: [upgraded] }, namedTo('cus_2'))).toStrictEqual(all('allowed'))
    const ofRecipient = { ...upgraded, customerId: 'cus_2' }
    expect(answers({ others: [upgraded, ofRecipient] }, namedTo('cus_2'))).toStrictEqual(all('denied', 'upgrade'))
    expect(answers({ others: [ofRecipient] })).toStrictEqual(all('allowed'))
  })
})
